/* Mark a point, a line or an area on a map: by mouse, touch or keyboard. The hidden field of the form stays the truth.
 *
 * Every way ends in the same step, "set a corner": a click or tap on the map, the button "set at the cross", or Enter
 * while the map has the focus (arrow keys move it under the cross). Corners can be dragged.
 */
(function () {
  "use strict";

  document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("[data-place]").forEach(start));

  const LEAST = { Point: 1, LineString: 2, Polygon: 3 };

  function start(box) {
    const field = document.getElementById(box.dataset.field);
    if (!field || typeof L === "undefined") return;
    const drawing = { box: box, field: field, map: null, layer: null, corners: [], said: "" };
    read(drawing);
    box.hidden = false;
    if (drawing.corners.length) box.open = true;
    box.addEventListener("toggle", () => open(drawing));
    if (box.open) open(drawing);
    box.querySelectorAll("input[name=place-kind]").forEach((choice) => choice.addEventListener("change", () => change(drawing, drawing.corners)));
    box.querySelector("[data-place-add]").addEventListener("click", () => add(drawing, drawing.map.getCenter()));
    box.querySelector("[data-place-undo]").addEventListener("click", () => change(drawing, drawing.corners.slice(0, -1)));
    box.querySelector("[data-place-clear]").addEventListener("click", () => change(drawing, []));
    field.addEventListener("change", () => {
      read(drawing); // a draft came back
      if (drawing.corners.length) box.open = true;
      if (drawing.map) draw(drawing);
    });
  }

  function open(drawing) {
    if (!drawing.box.open) return;
    if (!drawing.map) make(drawing);
    drawing.map.invalidateSize();
  }

  function make(drawing) {
    const words = drawing.box.dataset;
    const config = JSON.parse(words.config);
    const pane = drawing.box.querySelector(".place-canvas");
    const map = L.map(pane, { minZoom: 11, maxZoom: 19, attributionControl: config.tiles.length > 0, zoomControl: false });
    L.control.zoom({ zoomInTitle: words.wordIn, zoomOutTitle: words.wordOut }).addTo(map);
    pane.setAttribute("role", "application");
    pane.setAttribute("aria-label", words.wordMap);
    config.tiles.forEach(([url, options]) => L.tileLayer(url, options).addTo(map));
    map.fitBounds(config.bounds);
    drawing.map = map;
    drawing.layer = L.featureGroup().addTo(map);
    addBackdrop(map, words.backdrop);
    map.on("click", (event) => add(drawing, event.latlng));
    pane.addEventListener("keydown", (event) => {
      if (event.target !== pane || (event.key !== "Enter" && event.key !== " ")) return;
      event.preventDefault(); // Enter would send the form
      add(drawing, map.getCenter());
    });
    draw(drawing);
    if (drawing.corners.length) map.fitBounds(drawing.layer.getBounds(), { maxZoom: 16, padding: [30, 30] });
  }

  /* Localities behind the drawing; without them the map still works. */
  function addBackdrop(map, address) {
    fetch(address, { credentials: "same-origin" })
      .then((answer) => answer.json())
      .then((data) => {
        const outlines = data.features.filter((feature) => feature.properties.kind === "locality");
        L.geoJSON(outlines, { interactive: false, style: { className: "place-backdrop", weight: 1.5 } })
          .eachLayer((layer) =>
            layer.bindTooltip(document.createTextNode(layer.feature.properties.title), { permanent: true, direction: "center", className: "place-name" }))
          .addTo(map);
      })
      .catch(() => {});
  }

  function kind(drawing) {
    return drawing.box.querySelector("input[name=place-kind]:checked").value;
  }

  function add(drawing, position) {
    const last = drawing.corners[drawing.corners.length - 1];
    if (last && last.equals(position)) return; // a second press at the same place
    change(drawing, kind(drawing) === "Point" ? [position] : [...drawing.corners, position]);
  }

  function change(drawing, corners) {
    drawing.corners = kind(drawing) === "Point" ? corners.slice(-1) : corners;
    write(drawing);
    if (drawing.map) draw(drawing);
  }

  function draw(drawing) {
    const { layer, corners } = drawing;
    layer.clearLayers();
    const shape = shapeOf(kind(drawing), corners);
    if (shape) layer.addLayer(shape);
    corners.forEach((position, index) => layer.addLayer(corner(drawing, position, index, shape)));
    tell(drawing);
  }

  function shapeOf(what, corners) {
    const style = { className: "place-shape", weight: 3, interactive: false };
    if (what === "Polygon" && corners.length > 2) return L.polygon(corners, style);
    return what !== "Point" && corners.length > 1 ? L.polyline(corners, { ...style, fill: false }) : null;
  }

  function corner(drawing, position, index, shape) {
    const icon = L.divIcon({ className: "place-corner", iconSize: [24, 24] });
    const mark = L.marker(position, { icon: icon, draggable: true, keyboard: false, alt: drawing.box.dataset.wordCorner + " " + (index + 1) });
    mark.on("drag", () => {
      drawing.corners[index] = mark.getLatLng();
      if (shape) shape.setLatLngs(drawing.corners);
    });
    mark.on("dragend", () => write(drawing));
    return mark;
  }

  function tell(drawing) {
    const words = drawing.box.dataset;
    const what = kind(drawing);
    const number = drawing.corners.length;
    let said = words.wordEmpty;
    if (number && number < LEAST[what]) said = words.wordMore + " " + number;
    else if (number && what === "Point") said = words.wordPoint;
    else if (number) said = (what === "Polygon" ? words.wordArea : words.wordLine) + " " + number;
    drawing.box.querySelector("[data-place-status]").textContent = said;
  }

  function write(drawing) {
    const what = kind(drawing);
    const positions = drawing.corners.map((corner) => [round(corner.lng), round(corner.lat)]);
    let coordinates = positions;
    if (what === "Point") coordinates = positions[0];
    if (what === "Polygon") coordinates = [[...positions, positions[0]]];
    drawing.field.value = positions.length < LEAST[what] ? "" : JSON.stringify({ type: what, coordinates: coordinates });
    drawing.field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function round(degrees) {
    return Math.round(degrees * 1e6) / 1e6;
  }

  /* What the field says; nothing where it says nothing that can be drawn. */
  function read(drawing) {
    drawing.corners = [];
    try {
      const shape = JSON.parse(drawing.field.value);
      const flat = { Point: () => [shape.coordinates], LineString: () => shape.coordinates, Polygon: () => shape.coordinates[0].slice(0, -1) };
      drawing.corners = flat[shape.type]().map(([longitude, latitude]) => L.latLng(latitude, longitude));
      drawing.box.querySelector("input[name=place-kind][value=" + shape.type + "]").checked = true;
    } catch {
      drawing.corners = [];
    }
  }
})();

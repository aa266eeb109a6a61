/* Draw a point, line or polygon into a GeoJSON textarea. One shape per field; the textarea stays the truth. */
(function () {
  "use strict";

  document.addEventListener("DOMContentLoaded", () => document.querySelectorAll(".geometry-widget").forEach(start));

  function start(box) {
    const config = JSON.parse(box.dataset.config);
    const text = box.querySelector("textarea");
    const pane = box.querySelector(".geometry-map");
    if (text.disabled || text.readOnly) return;
    pane.hidden = false;
    pane.setAttribute("role", "application");
    pane.setAttribute("aria-label", config.words.map);
    const map = L.map(pane, { minZoom: 11, maxZoom: 19, attributionControl: config.tiles.length > 0 });
    config.tiles.forEach(([url, options]) => L.tileLayer(url, options).addTo(map));
    if (config.backdrop) addBackdrop(map, config.backdrop);
    const shapes = L.featureGroup().addTo(map);
    speak(config.words);
    map.fitBounds(config.bounds);
    map.addControl(toolbar(shapes));
    listen(map, shapes, text);
    const warning = document.createElement("p");
    warning.className = "errornote";
    warning.textContent = config.words.broken;
    warning.hidden = true;
    pane.after(warning);
    const show = () => {
      warning.hidden = read(map, shapes, text.value);
    };
    text.addEventListener("change", show);
    show();
    // A fieldset that was folded or a tab that was hidden changes the size of the map.
    new ResizeObserver(() => map.invalidateSize()).observe(pane);
  }

  /* Localities behind the drawing; without them the map still works. */
  function addBackdrop(map, address) {
    fetch(address, { credentials: "same-origin" })
      .then((answer) => answer.json())
      .then((data) => {
        const outlines = data.features.filter((feature) => feature.properties.kind === "locality");
        L.geoJSON(outlines, { interactive: false, style: { className: "geometry-backdrop", weight: 1.5 } })
          .eachLayer((layer) => layer.bindTooltip(label(layer), { permanent: true, direction: "center", className: "geometry-place" }))
          .addTo(map);
      })
      .catch(() => {});
  }

  function label(layer) {
    return document.createTextNode(layer.feature.properties.title);
  }

  function toolbar(shapes) {
    const outline = { className: "geometry-outline", weight: 3 };
    return new L.Control.Draw({
      edit: { featureGroup: shapes, poly: { allowIntersection: false } },
      draw: {
        marker: { icon: dot() },
        polyline: { shapeOptions: outline },
        polygon: { allowIntersection: false, shapeOptions: outline },
        rectangle: false,
        circle: false,
        circlemarker: false,
      },
    });
  }

  function listen(map, shapes, text) {
    map.on(L.Draw.Event.CREATED, (event) => {
      shapes.clearLayers();
      shapes.addLayer(event.layer);
      write(shapes, text);
    });
    map.on(L.Draw.Event.EDITED, () => write(shapes, text));
    map.on(L.Draw.Event.DELETED, () => write(shapes, text));
  }

  function write(shapes, text) {
    const layers = shapes.getLayers();
    if (layers.length > 1) {
      // Parts of a multi-geometry, edited one by one.
      const parts = layers.map((layer) => layer.toGeoJSON(6).geometry);
      text.value = JSON.stringify({ type: "Multi" + parts[0].type, coordinates: parts.map((part) => part.coordinates) });
    } else {
      text.value = layers.length ? JSON.stringify(layers[0].toGeoJSON(6).geometry) : "";
    }
  }

  /* Show what the text says; false if it says nothing that can be drawn. */
  function read(map, shapes, value) {
    shapes.clearLayers();
    if (!value.trim() || value.trim() === "null") return true;
    try {
      const geometry = JSON.parse(value);
      parts(geometry).forEach((part) => {
        L.geoJSON(part, {
          pointToLayer: (_feature, position) => L.marker(position, { icon: dot() }),
          style: { className: "geometry-outline", weight: 3 },
        }).eachLayer((layer) => shapes.addLayer(layer));
      });
      map.fitBounds(shapes.getBounds(), { maxZoom: 16, padding: [20, 20] });
      return true;
    } catch {
      return false;
    }
  }

  function parts(geometry) {
    const shape = geometry.type === "Feature" ? geometry.geometry : geometry;
    if (!shape.type.startsWith("Multi")) return [shape];
    const type = shape.type.slice(5);
    return shape.coordinates.map((coordinates) => ({ type: type, coordinates: coordinates }));
  }

  function dot() {
    return L.divIcon({ className: "leaflet-div-icon leaflet-editing-icon", iconSize: [14, 14] });
  }

  function speak(words) {
    const local = L.drawLocal;
    Object.assign(local.draw.toolbar.buttons, { marker: words.marker, polyline: words.polyline, polygon: words.polygon });
    Object.assign(local.draw.toolbar.actions, { title: words.cancel, text: words.cancel });
    Object.assign(local.draw.toolbar.finish, { title: words.finish, text: words.finish });
    Object.assign(local.draw.toolbar.undo, { title: words.undo, text: words.undo });
    local.draw.handlers.marker.tooltip.start = words.set;
    Object.assign(local.draw.handlers.polyline, { error: words.crossing });
    Object.assign(local.draw.handlers.polyline.tooltip, { start: words.start, cont: words.continue, end: words.end });
    Object.assign(local.draw.handlers.polygon.tooltip, { start: words.start, cont: words.continue, end: words.close });
    Object.assign(local.edit.toolbar.actions.save, { title: words.save, text: words.save });
    Object.assign(local.edit.toolbar.actions.cancel, { title: words.cancel, text: words.cancel });
    Object.assign(local.edit.toolbar.actions.clearAll, { title: words.clear, text: words.clear });
    Object.assign(local.edit.toolbar.buttons, {
      edit: words.edit,
      editDisabled: words.edit,
      remove: words.remove,
      removeDisabled: words.remove,
    });
    Object.assign(local.edit.handlers.edit.tooltip, { text: words.drag, subtext: "" });
    local.edit.handlers.remove.tooltip.text = words.delete;
  }
})();

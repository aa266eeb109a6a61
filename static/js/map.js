/* The portal's maps: localities as outlines, measures clustered by leaflet.markercluster.
 *
 * django-leaflet calls `portalMap(map)` for every map of a page. The data is GeoJSON, either beside the map
 * (data-map-json: id of a JSON script) or at an address (data-map-source). Texts are set as text, never as HTML.
 */
(function () {
  "use strict";

  window.portalMap = function (map) {
    const box = map.getContainer().closest(".map-box");
    speak(map, box.dataset);
    makeKeyboardFriendly(map);
    const inline = box.dataset.mapJson && document.getElementById(box.dataset.mapJson);
    if (inline) {
      draw(map, JSON.parse(inline.textContent));
      return;
    }
    fetch(box.dataset.mapSource, { credentials: "same-origin" })
      .then((answer) => {
        if (!answer.ok) throw new Error(answer.status);
        return answer.json();
      })
      .then((data) => draw(map, data))
      .catch(() => {
        const note = element("p", "notice notice-error", box.dataset.mapError);
        note.setAttribute("role", "alert");
        box.before(note);
      });
  };

  function speak(map, words) {
    const container = map.getContainer();
    container.setAttribute("role", "region");
    container.setAttribute("aria-label", words.mapLabel);
    L.Popup.mergeOptions({ closeButtonLabel: words.mapClose });
    [["in", words.mapZoomIn], ["out", words.mapZoomOut]].forEach(([which, text]) => {
      const button = container.querySelector(".leaflet-control-zoom-" + which);
      button.title = text;
      button.setAttribute("aria-label", text);
    });
  }

  /* A popup takes the focus, and Escape gives it back to the marker that opened it. */
  function makeKeyboardFriendly(map) {
    map.on("popupopen", (event) => {
      const link = event.popup.getElement().querySelector(".map-popup a");
      if (link) link.focus({ preventScroll: true });
    });
    map.getContainer().addEventListener("keydown", (event) => {
      const open = map._popup;
      if (event.key !== "Escape" || !open || !open.isOpen()) return;
      const opener = open._source && open._source.getElement && open._source.getElement();
      map.closePopup();
      (opener && opener.focus ? opener : map.getContainer()).focus({ preventScroll: true });
    });
  }

  function draw(map, data) {
    const localities = data.features.filter((feature) => feature.properties.kind === "locality");
    const measures = data.features.filter((feature) => feature.properties.kind === "measure");
    const drawn = L.featureGroup().addTo(map);
    localities.forEach((feature) => addLocality(feature, drawn));
    addMeasures(measures, drawn, map);
    if (data.features.length) {
      const only = data.features.length === 1;
      map.fitBounds(L.geoJSON(data).getBounds(), { padding: [24, 24], maxZoom: only ? 15 : 17 });
    }
  }

  function addLocality(feature, drawn) {
    shape(feature, "map-locality").addTo(drawn).bindPopup(() => localityPopup(feature.properties));
    // The label is a marker, so that the keyboard reaches what a mouse finds by clicking into the outline.
    marker(feature, "map-label", feature.properties.title).addTo(drawn).bindPopup(() => localityPopup(feature.properties));
  }

  function addMeasures(measures, drawn, map) {
    const cluster = L.markerClusterGroup ? clusterGroup().addTo(map) : drawn;
    measures.forEach((feature) => {
      if (!feature.geometry.type.endsWith("Point")) {
        const kind = feature.geometry.type.endsWith("Polygon") ? "map-area" : "map-line";
        shape(feature, kind + " plan-" + feature.properties.plan)
          .addTo(drawn)
          .bindPopup(() => measurePopup(feature.properties));
      }
      const pin = marker(feature, "map-pin plan-" + feature.properties.plan, feature.properties.title);
      pin.addTo(cluster).bindPopup(() => measurePopup(feature.properties));
    });
  }

  function clusterGroup() {
    return L.markerClusterGroup({
      showCoverageOnHover: false,
      maxClusterRadius: 46,
      iconCreateFunction: (cluster) =>
        L.divIcon({ html: element("span", "", String(cluster.getChildCount())), className: "map-cluster", iconSize: [40, 40] }),
    });
  }

  function shape(feature, className) {
    return L.geoJSON(feature, {
      style: { className: className, weight: 2 },
      pointToLayer: (_point, position) => L.circleMarker(position, { className: className, radius: 4 }),
    });
  }

  function marker(feature, className, title) {
    const [longitude, latitude] = feature.properties.point;
    const isLabel = className === "map-label";
    const icon = L.divIcon({
      className: className,
      html: isLabel ? element("span", "", title) : element("span", "visually-hidden", title),
      iconSize: isLabel ? null : [26, 26],
      iconAnchor: isLabel ? null : [13, 31], // the tip of the drop
      popupAnchor: isLabel ? null : [0, -28],
    });
    return L.marker([latitude, longitude], { icon: icon, title: title, alt: title, riseOnHover: true });
  }

  function localityPopup(place) {
    const box = popup(place.title);
    if (place.count_label) {
      box.append(place.count ? paragraph(link(place.list_url, place.count_label)) : element("p", "", place.count_label));
    }
    box.append(paragraph(link(place.url, place.link_label)));
    if (place.note) box.append(element("p", "muted", place.note));
    return box;
  }

  function measurePopup(measure) {
    const box = popup(measure.title);
    box.append(element("p", "", measure.plan_name + " · " + measure.status));
    box.append(paragraph(link(measure.url, measure.link_label)));
    if (measure.note) box.append(element("p", "muted", measure.note));
    return box;
  }

  function popup(title) {
    const box = element("div", "map-popup");
    box.append(element("strong", "", title));
    return box;
  }

  function paragraph(child) {
    const box = element("p");
    box.append(child);
    return box;
  }

  function link(address, text) {
    const anchor = element("a", "", text);
    anchor.href = address;
    return anchor;
  }

  function element(name, className, text) {
    const node = document.createElement(name);
    if (className) node.className = className;
    if (text) node.textContent = text;
    return node;
  }
})();

/* The map of the report. Every text of the data enters the page as text, never as markup. */
(function () {
  "use strict";
  var canvas = document.getElementById("canvas");
  if (!canvas || typeof L === "undefined") return;
  var data = JSON.parse(document.getElementById("map-data").textContent);
  var NUMBERED_ZOOM = 14; /* from here the stops carry their number in the round */

  var map = L.map(canvas, {zoomControl: false, zoomSnap: 0.25, preferCanvas: data.others.length > 3000});
  L.control.zoom({zoomInTitle: data["in"], zoomOutTitle: data.out}).addTo(map);
  L.control.scale({imperial: false, maxWidth: 160}).addTo(map);
  map.attributionControl.setPrefix("Leaflet");

  /* The roads of the extract: a first point, then steps, in hundred-thousandths of a degree. */
  function unpack(steps) {
    var line = [], lat = 0, lon = 0;
    for (var i = 0; i < steps.length; i += 2) {
      lat += steps[i];
      lon += steps[i + 1];
      line.push([lat / 1e5, lon / 1e5]);
    }
    return line;
  }

  function ground(roads) {
    var renderer = L.canvas({padding: 0.5, pane: "tilePane"});
    var styles = [{color: "#c9c0ae", weight: 3}, {color: "#d9d3c6", weight: 1.8}, {color: "#e4e0d6", weight: 1}];
    roads.slice().reverse().forEach(function (list, i) {
      var style = styles[roads.length - 1 - i];
      L.polyline(list.map(unpack), {
        color: style.color, weight: style.weight, interactive: false, renderer: renderer, smoothFactor: 1.5
      }).addTo(map);
    });
  }

  function element(tag, text, parent) {
    var made = document.createElement(tag);
    made.textContent = text;
    if (parent) parent.appendChild(made);
    return made;
  }

  function popup(marker) {
    return function () {
      var box = document.createElement("div");
      element("h4", (marker.number ? marker.number + " · " : "") + marker.heading, box);
      var list = element("dl", "", box);
      marker.lines.forEach(function (line) {
        element("dt", line[0], list);
        element("dd", line[1], list);
      });
      return box;
    };
  }

  function circle(marker, style) {
    return L.circleMarker(marker.at, style).bindPopup(popup(marker), {maxWidth: 320});
  }

  var numbers = [];

  function round(route, old) {
    var group = L.layerGroup();
    L.polyline(route.line, {
      color: old ? "#8c7a5f" : route.colour, weight: old ? 2 : 3, opacity: old ? 0.75 : 0.85,
      dashArray: old ? "3 6" : route.dash || null
    }).bindTooltip(function () { return element("span", route.vehicle); }, {sticky: true}).addTo(group);
    route.stops.forEach(function (stop) {
      var dot = circle(stop, {
        radius: old ? 3 : 6, color: old ? "#8c7a5f" : "#fff", weight: old ? 1 : 1.5,
        fillColor: old ? "#e4dccf" : route.colour, fillOpacity: 1
      }).addTo(group);
      if (!old) numbers.push({dot: dot, text: String(stop.number), group: group});
    });
    return group;
  }

  function sign(place) {
    var holder = document.createElement("div");
    element("span", "", holder).className = "sign " + place.kind;
    element("span", place.label, holder).className = "name";
    return L.marker(place.at, {
      icon: L.divIcon({className: "place", iconSize: [0, 0], html: holder}), title: place.heading, alt: place.heading
    }).bindPopup(popup(place), {maxWidth: 320});
  }

  var layers = {
    others: L.layerGroup(data.others.map(function (bin) {
      return circle(bin, {radius: 2, stroke: false, fillColor: "#8e9aa6", fillOpacity: 0.75});
    })),
    practice: L.layerGroup((data.practice || []).map(function (route) { return round(route, true); })),
    unserved: L.layerGroup(data.unserved.map(function (bin) {
      return circle(bin, bin.must ? {radius: 6, color: "#a3341a", weight: 3, fillColor: "#fff", fillOpacity: 1}
        : {radius: 3.5, color: "#55626f", weight: 1.2, fillColor: "#fff", fillOpacity: 1});
    })),
    places: L.layerGroup(data.places.map(sign))
  };
  data.routes.forEach(function (route, i) { layers["route-" + i] = round(route, false); });

  /* Layers in the order of drawing, so that what matters lies on top however they are switched. */
  var order = ["others", "practice", "unserved"].concat(
    data.routes.map(function (_, i) { return "route-" + i; }), ["places"]);
  var boxes = document.querySelectorAll("input[data-layer]");

  function refresh() {
    var on = {};
    boxes.forEach(function (box) { on[box.dataset.layer] = box.checked; });
    order.forEach(function (name) { map.removeLayer(layers[name]); });
    order.forEach(function (name) { if (on[name]) map.addLayer(layers[name]); });
    number();
  }

  /* Stops carry their numbers only when there is room to read them. */
  function number() {
    var close = map.getZoom() >= NUMBERED_ZOOM;
    numbers.forEach(function (it) {
      it.dot.setRadius(close ? 10 : 6);
      if (close && !it.dot.getTooltip()) {
        it.dot.bindTooltip(it.text, {permanent: true, direction: "center", className: "number"});
      } else if (!close && it.dot.getTooltip()) {
        it.dot.unbindTooltip();
      }
    });
  }

  function frame() {
    var all = L.latLngBounds([]);
    data.routes.concat(data.routes.length ? [] : data.practice || []).forEach(function (route) { all.extend(route.line); });
    if (!data.routes.length) data.places.concat(data.others).forEach(function (place) { all.extend(place.at); });
    if (all.isValid()) map.fitBounds(all, {padding: [24, 24], animate: false});
    else map.setView([0, 0], 2);
  }

  boxes.forEach(function (box) { box.addEventListener("change", refresh); });
  document.querySelectorAll("button[data-all]").forEach(function (button) {
    button.addEventListener("click", function () {
      document.querySelectorAll("input[data-group=plan]").forEach(function (box) { box.checked = button.dataset.all === "1"; });
      refresh();
    });
  });
  map.on("zoomend", number);
  frame();
  if (data.roads) ground(data.roads);
  refresh();

  /* On paper: the short tables open, the map fitted to its new width. */
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("details.print").forEach(function (part) { part.open = true; });
    map.invalidateSize({animate: false});
    frame();
  });
})();

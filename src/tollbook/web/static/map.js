// The map: an outline of the world that came with the program, and where things happened. Loaded after the page is usable.
const here = new URL(".", import.meta.url);
let map = null;
let layer = null;
let base = null;
let shown = null;
let frame = null;

const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function script(name) {
  return new Promise((resolve, reject) => {
    const tag = document.createElement("script");
    tag.src = new URL(`vendor/${name}`, here);
    tag.onload = resolve;
    tag.onerror = reject;
    document.head.append(tag);
  });
}

export async function start() {
  const element = document.querySelector("#map");
  if (!element) return;
  if (!map) {
    map = "loading";
    try {
      await Promise.all([script("leaflet.js"), script("topojson-client.min.js")]);
    } catch {
      document.querySelector("#map-note").textContent = "The map could not be loaded; the table below has the same.";
      return;
    }
    await begin(element);
  }
  if (map === "loading") return;
  element.parentElement.classList.add("map-ready"); // the frame around the map is drawn anew with the list
  await update();
}

async function begin(element) {
  const L = window.L;
  map = L.map(element, { worldCopyJump: true, minZoom: 1, maxZoom: 12, zoomSnap: 0.5, preferCanvas: true, zoomAnimation: !matchMedia("(prefers-reduced-motion: reduce)").matches });
  map.attributionControl.setPrefix(false).addAttribution("Natural Earth · GeoNames");
  map.setView([25, 20], 1.5);
  const [world, water] = await Promise.all(["countries-50m", "water-50m"].map(async (name) => (await fetch(new URL(`vendor/${name}.json`, here))).json()));
  const drawn = (data, look) => L.geoJSON(data, { interactive: false, style: look }).addTo(map);
  base = [
    [drawn(unrolled(window.topojson.feature(world, world.objects.countries)), land), land],
    [drawn(window.topojson.feature(water, water.objects.lakes), lake), lake],
    [drawn(window.topojson.feature(water, water.objects.rivers), river), river],
  ];
  element.parentElement.classList.add("map-ready");
  map.on("moveend", label);
  map.on("zoomend", () => { if (spots.length > MANY) draw(); });
  document.addEventListener("theme", () => { for (const [part, look] of base) part.setStyle(look()); shown = null; update(); });
  document.addEventListener("click", (event) => {
    if (!event.target.closest("#only-here")) return;
    const b = map.getBounds();
    const edge = (value, most) => Math.max(-most, Math.min(most, Math.round(value * 1000) / 1000));
    const url = new URL(location.href);
    url.searchParams.delete("page");
    url.searchParams.set("box", [edge(b.getWest(), 180), edge(b.getSouth(), 90), edge(b.getEast(), 180), edge(b.getNorth(), 90)].join(","));
    location.assign(url);
  });
}

// Names of the larger towns, where there is room for them.
let towns = null;
let names = null;

async function label() {
  const L = window.L;
  if (map.getZoom() < 4) { names?.remove(); names = null; return; }
  towns ??= fetch("/map/towns").then((answer) => (answer.ok ? answer.json() : []), () => []);
  const known = await towns;
  names?.remove();
  names = L.layerGroup();
  const bounds = map.getBounds();
  const taken = new Set();
  for (const [name, lat, lon] of known) {
    if (!bounds.contains([lat, lon])) continue;
    const point = map.latLngToContainerPoint([lat, lon]);
    const cell = [Math.floor(point.x / 110), Math.floor(point.y / 36)];
    if (taken.has(cell.join())) continue;
    for (let x = -1; x <= 1; x += 1) for (let y = -1; y <= 1; y += 1) taken.add([cell[0] + x, cell[1] + y].join());
    const text = document.createElement("span");
    text.textContent = `· ${name}`;
    L.marker([lat, lon], { interactive: false, keyboard: false, icon: L.divIcon({ className: "town", html: text, iconSize: null, iconAnchor: [2, 9] }) }).addTo(names);
  }
  names.addTo(map);
}

// A country across the 180th meridian is drawn in one piece beyond the edge of the map, and once more on the other side;
// Antarctica, whose outline runs around the pole, is closed along the lower edge.
function unrolled(land) {
  const polygons = [];
  for (const { geometry } of land.features) {
    for (const polygon of geometry?.type === "Polygon" ? [geometry.coordinates] : geometry?.coordinates ?? []) {
      let beyond = false;
      const rings = polygon.map((ring) => {
        let turn = 0;
        const points = ring.map(([lon, lat], at) => {
          const jump = at ? lon - ring[at - 1][0] : 0;
          if (Math.abs(jump) > 180) { turn -= 360 * Math.sign(jump); beyond = true; }
          return [lon + turn, lat];
        });
        const [first, last] = [points[0], points[points.length - 1]];
        return Math.abs(first[0] - last[0]) > 180 ? [...points, [last[0], -89.9], [first[0], -89.9]] : points;
      });
      const shifts = beyond ? [0, -360, 360] : [0];
      for (const shift of shifts) polygons.push(rings.map((ring) => ring.map(([lon, lat]) => [lon + shift, lat])));
    }
  }
  return { type: "MultiPolygon", coordinates: polygons };
}

const land = () => ({ weight: 0.7, color: color("--border"), fillColor: color("--land"), fillOpacity: 1 });
const lake = () => ({ weight: 0.5, color: color("--river"), fillColor: color("--water"), fillOpacity: 1 });
const river = () => ({ weight: 1, color: color("--river"), fill: false });

const PINNED = ["exact", "neighbourhood", "town", "city"];
const MANY = 120; // spots, above which those that would cover each other are drawn as one disc with their number
const CELL = 46; // pixels: how near that is
let spots = [];

async function update() {
  const L = window.L;
  const explore = document.querySelector("#explore");
  const key = explore.dataset.kind + explore.dataset.query;
  if (key === shown) return;
  shown = key;
  const answer = await fetch(`/${explore.dataset.kind}/spots${explore.dataset.query}`);
  if (!answer.ok) return;
  const { metres, spots: rows } = await answer.json();
  spots = rows.map(([lat, lon, precision, place, rows, killed, id]) => ({ lat, lon, precision, place, rows, killed, id, metres: metres[precision] }));
  const box = new URLSearchParams(explore.dataset.query).get("box")?.split(",").map(Number);
  frame?.remove();
  frame = null;
  if (box) { // the map stays where somebody chose an area of it; what lies around can still be seen
    const bounds = L.latLngBounds([box[1], box[0]], [box[3], box[2]]);
    frame = L.rectangle(bounds, { weight: 1.5, dashArray: "2 4", color: color("--edge"), fill: false, interactive: false }).addTo(map);
    map.fitBounds(bounds, { maxZoom: 10, animate: false });
  } else if (spots.length) map.fitBounds(L.latLngBounds(spots.map((spot) => [spot.lat, spot.lon])).pad(0.25), { maxZoom: 7, animate: false });
  draw();
  label();
}

function draw() {
  const L = window.L;
  const kind = document.querySelector("#explore").dataset.kind;
  layer?.remove();
  layer = L.layerGroup();
  const most = Math.max(1, ...spots.map((spot) => spot.rows));
  for (const spot of spots.filter((one) => !PINNED.includes(one.precision))) {
    L.circle([spot.lat, spot.lon], { radius: spot.metres ?? 50000, weight: 1.5, dashArray: "5 4", color: color("--count"), fillColor: color("--count"), fillOpacity: 0.07 })
      .bindPopup(() => popup(spot, kind)).addTo(layer);
  }
  for (const group of grouped(spots.filter((one) => PINNED.includes(one.precision)))) {
    if (group.length > 1) { together(group).addTo(layer); continue; }
    const [spot] = group;
    const radius = most === 1 ? 6 : 5 + 9 * Math.sqrt(spot.rows / most);
    L.circleMarker([spot.lat, spot.lon], { radius, weight: 1.5, color: color("--sheet"), fillColor: color("--count"), fillOpacity: 0.8 })
      .bindPopup(() => popup(spot, kind)).addTo(layer);
  }
  layer.addTo(map);
}

// Spots that would cover each other, in groups; each alone where there are few or one has come near.
function grouped(pinned) {
  if (pinned.length <= MANY || map.getZoom() >= map.getMaxZoom()) return pinned.map((spot) => [spot]);
  const cells = new Map();
  for (const spot of pinned) {
    const at = map.project([spot.lat, spot.lon]);
    const key = `${Math.floor(at.x / CELL)} ${Math.floor(at.y / CELL)}`;
    if (cells.has(key)) cells.get(key).push(spot); else cells.set(key, [spot]);
  }
  return cells.values();
}

// One disc for several spots, in their middle, with how many stand there; a click comes nearer.
function together(group) {
  const L = window.L;
  const rows = group.reduce((sum, spot) => sum + spot.rows, 0);
  const middle = ["lat", "lon"].map((name) => group.reduce((sum, spot) => sum + spot[name] * spot.rows, 0) / rows);
  const size = Math.round(22 + 6 * Math.log10(rows));
  const text = document.createElement("span");
  text.textContent = rows.toLocaleString("en");
  const icon = L.divIcon({ className: "cluster", html: text, iconSize: [Math.max(size, 12 + 8 * text.textContent.length), size] });
  const bounds = L.latLngBounds(group.map((spot) => [spot.lat, spot.lon]));
  return L.marker(middle, { icon, keyboard: false, title: `${text.textContent} in ${group.length} places; click to come nearer` })
    .on("click", () => map.fitBounds(bounds.pad(0.2)));
}

function popup(spot, kind) {
  const box = document.createElement("div");
  const title = document.createElement("strong");
  const name = document.createElement("bdi");
  name.textContent = spot.place ?? "not named";
  title.append(name);
  const link = document.createElement("a");
  const span = 0.0006;
  const url = new URL(location.href);
  url.searchParams.delete("page");
  url.searchParams.set("box", [spot.lon - span, spot.lat - span, spot.lon + span, spot.lat + span].map((edge) => edge.toFixed(4)).join(","));
  link.href = spot.rows === 1 ? `/${kind}/${spot.id}` : url.href;
  link.textContent = spot.rows === 1 ? "Open it" : `Show all ${spot.rows}`;
  const precision = document.createElement("p");
  precision.textContent = PINNED.includes(spot.precision) ? `in this ${spot.precision}` : `somewhere within this ${spot.precision === "admin1" ? "province" : spot.precision ?? "area"}`;
  box.append(title, precision, link);
  return box;
}

// The picture of the network: vis-network draws what Python has placed, and answers to clicks.

const kept = new WeakMap();
let loading = null;

// vis-network comes from our own server, once for all pictures of a visit.
function library() {
  if (window.vis && window.vis.Network) return Promise.resolve(window.vis);
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = new URL("vendor/vis-network.js", document.baseURI).href;
    script.onload = () => resolve(window.vis);
    script.onerror = () => {
      loading = null;
      reject(new Error("vis-network did not load"));
    };
    document.head.append(script);
  });
  return loading;
}

function draw(vis, picture, data) {
  const container = picture.root.querySelector(".kg-canvas");
  picture.nodes = new vis.DataSet(data.nodes);
  picture.edges = new vis.DataSet(data.edges);
  picture.network = new vis.Network(container, { nodes: picture.nodes, edges: picture.edges }, data.options);
  const network = picture.network;
  // A finger that moves over the picture moves the page; the buttons zoom.
  if (window.matchMedia("(pointer: coarse)").matches) {
    network.setOptions({ interaction: { dragView: false, dragNodes: false } });
    network.canvas.frame.canvas.style.touchAction = "pan-x pan-y";
  }
  network.on("click", (event) => {
    if (event.nodes.length) picture.tell("clicked", event.nodes[0]);
    else if (event.edges.length) picture.tell("clicked", event.edges[0]);
  });
  network.on("doubleClick", (event) => {
    if (event.nodes.length) picture.tell("opened", event.nodes[0]);
  });
  network.on("hoverNode", () => (container.style.cursor = "pointer"));
  network.on("blurNode", () => (container.style.cursor = "default"));
  picture.root.querySelector(".kg-closer").onclick = () => zoom(network, 1.4);
  picture.root.querySelector(".kg-further").onclick = () => zoom(network, 1 / 1.4);
  picture.root.querySelector(".kg-whole").onclick = () => whole(network);
  // Paper is as wide as it is: all of the picture is put onto it.
  picture.print = () => whole(network);
  window.addEventListener("beforeprint", picture.print);
  // For tests, which click where a thing is drawn.
  container.network = network;
}

const SVG = "http://www.w3.org/2000/svg";

function svg(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  return made;
}

// What shapes and lines mean; every name is set as text.
function explain(list, legend) {
  list.replaceChildren(
    ...legend.map(({ name, points, fill, stroke, dashes }) => {
      const mark = svg("svg", { width: points === undefined ? 34 : 20, height: 20, "aria-hidden": "true" });
      const look = { fill, stroke, "stroke-width": 2 };
      if (points === undefined) {
        mark.append(svg("line", { x1: 0, y1: 10, x2: 34, y2: 10, stroke, "stroke-width": 2, "stroke-dasharray": dashes }));
      } else if (points === "") mark.append(svg("circle", { cx: 10, cy: 10, r: 7, ...look }));
      else mark.append(svg("polygon", { points, ...look }));
      const entry = document.createElement("li");
      entry.append(mark, name);
      return entry;
    }),
  );
}

// vis-network leaves more room round a picture than is needed to see it whole.
function whole(network) {
  network.fit();
  zoom(network, 1.08);
}

function zoom(network, factor) {
  network.moveTo({ scale: network.getScale() * factor });
}

function update(picture, data) {
  if (picture.drawn !== data.drawn) {
    for (const [set, wanted] of [[picture.nodes, data.nodes], [picture.edges, data.edges]]) {
      const stay = new Set(wanted.map((each) => each.id));
      set.remove(set.getIds().filter((id) => !stay.has(id)));
      set.update(wanted);
    }
    whole(picture.network);
    picture.drawn = data.drawn;
  }
  const { selected } = data;
  // A click has marked what it met by itself; only what is newly looked for is marked from here.
  if (picture.marked === selected) return;
  picture.marked = selected;
  if (selected && picture.nodes.get(selected)) {
    picture.network.selectNodes([selected], false);
    // Where names are too small to read, what was looked for is brought near.
    if (picture.network.getScale() < 0.6) picture.network.focus(selected, { scale: 0.9 });
  }
  else if (selected && picture.edges.get(selected)) picture.network.setSelection({ nodes: [], edges: [selected] });
  else picture.network.unselectAll();
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  let picture = kept.get(parentElement);
  if (!picture) {
    picture = { root: parentElement, gone: false };
    kept.set(parentElement, picture);
  }
  picture.tell = setTriggerValue;
  picture.wanted = data;
  explain(parentElement.querySelector(".kg-legend"), data.legend);
  parentElement.querySelector(".kg-canvas").setAttribute("aria-label", data.description);
  library().then(
    (vis) => {
      if (picture.gone) return;
      if (!picture.network) draw(vis, picture, picture.wanted);
      update(picture, picture.wanted);
    },
    () => {
      parentElement.querySelector(".kg-canvas").textContent =
        "The picture cannot be drawn in this browser. The list below holds the same.";
    },
  );
  return () => {
    picture.gone = true;
    window.removeEventListener("beforeprint", picture.print);
    picture.network?.destroy();
    kept.delete(parentElement);
  };
}

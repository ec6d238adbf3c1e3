// A stand-in for Envoy behind the filter's imports (proxy-wasm ABI 0.2.1): header maps, one body, filter state,
// metrics. Every call is counted by its name.

const OK = 0, NOT_FOUND = 1, BAD_ARGUMENT = 2;
const utf8 = new TextEncoder();
const text = new TextDecoder();
const bytesOf = (value) => (typeof value === "string" ? utf8.encode(value) : value);

/** Header maps: 0 the request's, 2 the reply's. Buffers: 0 and 1 the bodies, 7 the configuration. */
export class Proxy {
  #counts = new Map();
  #contexts = 2;
  #roots = {};
  #effective = 0;
  #streams = new Map();
  #metrics = [];
  #shared = new Map();
  open = 0;

  constructor(module, environment) {
    this.environment = Object.entries(environment).map(([name, value]) => `${name}=${value}\0`);
    const imports = { env: {}, wasi_snapshot_preview1: {} };
    for (const { module: from, name } of WebAssembly.Module.imports(module)) {
      const own = this[name];
      imports[from][name] = (...args) => {
        this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
        if (!own) throw new Error(`${name} is not made here`);
        return own.apply(this, args);
      };
    }
    this.wasm = new WebAssembly.Instance(module, imports).exports;
  }

  /** Makes both roots and configures them. */
  start(configurations) {
    this.wasm._initialize?.();
    let root = 1;
    for (const [name, configuration] of Object.entries(configurations)) {
      this.#roots[name] = root;
      this.root = { name, configuration };
      this.#call("proxy_on_context_create", root, 0);
      if (root === 1) this.#call("proxy_on_vm_start", root, 0);
      if (!this.#call("proxy_on_configure", root, configuration.length)) throw new Error(`${name}: not configured`);
      root += 1;
    }
    this.root = null;
  }

  /** The calls since the last look, by name. */
  take() {
    const counts = this.#counts;
    this.#counts = new Map();
    return counts;
  }

  /** The size of linear memory. */
  bytes() { return this.wasm.memory.buffer.byteLength; }

  /** A request with this head and this body. */
  stream(headers, body) { return new Stream(this, headers, body); }

  create(stream, role) {
    this.open += 1;
    const context = ++this.#contexts;
    this.#streams.set(context, stream);
    this.#call("proxy_on_context_create", context, this.#roots[role]);
    return context;
  }

  drop(context, callbacks) {
    this.open -= 1;
    for (const callback of callbacks) this.#call(callback, context);
    this.#streams.delete(context);
  }

  callback(name, context, ...args) { return this.#call(name, context, ...args); }

  #call(name, context, ...args) {
    this.#effective = context;
    return this.wasm[name](context, ...args);
  }

  get #stream() { return this.#streams.get(this.#effective); }
  #read(at, length) { return new Uint8Array(this.wasm.memory.buffer, at, length).slice(); }
  #text(at, length) { return text.decode(this.#read(at, length)); }
  #number(at, value) { new DataView(this.wasm.memory.buffer).setUint32(at, value, true); }

  /** Hands bytes over in memory that the filter has allocated. */
  #give(bytes, data, size) {
    const at = bytes.length ? this.wasm.proxy_on_memory_allocate(bytes.length) : 0;
    new Uint8Array(this.wasm.memory.buffer, at, bytes.length).set(bytes);
    this.#number(data, at);
    this.#number(size, bytes.length);
    return OK;
  }

  #pairs(map) {
    const halves = map.flat().map(bytesOf);
    const bytes = new Uint8Array(4 + 4 * halves.length + halves.reduce((sum, half) => sum + half.length + 1, 0));
    const view = new DataView(bytes.buffer);
    view.setUint32(0, map.length, true);
    let at = 4 + 4 * halves.length;
    halves.forEach((half, nth) => {
      view.setUint32(4 + 4 * nth, half.length, true);
      bytes.set(half, at);
      at += half.length + 1;
    });
    return bytes;
  }

  // ── The ABI ───────────────────────────────────────────────────────────────────────────────────────────────

  proxy_log(level, at, length) {
    if (level >= 4) throw new Error(this.#text(at, length));
    return OK;
  }
  proxy_get_current_time_nanoseconds(at) {
    new DataView(this.wasm.memory.buffer).setBigUint64(at, BigInt(Date.now()) * 1_000_000n, true);
    return OK;
  }
  proxy_set_tick_period_milliseconds() { return OK; }
  proxy_set_effective_context(context) { this.#effective = context; return OK; }
  proxy_get_buffer_bytes(buffer, start, length, data, size) {
    const all = buffer === 7 ? bytesOf(this.root.configuration) : this.#stream.buffer;
    if (all.length === 0) return NOT_FOUND;
    return this.#give(all.subarray(start, Math.min(all.length, start + length)), data, size);
  }
  proxy_set_buffer_bytes(buffer, start, length, at, size) {
    const all = this.#stream.buffer;
    const tail = all.subarray(Math.min(all.length, start + length));
    this.#stream.buffer = Uint8Array.from([...all.subarray(0, start), ...this.#read(at, size), ...tail]);
    return OK;
  }
  proxy_get_header_map_pairs(map, data, size) { return this.#give(this.#pairs(this.#stream.maps[map]), data, size); }
  proxy_get_header_map_value(map, at, length, data, size) {
    const name = this.#text(at, length);
    const found = this.#stream.maps[map].find(([own]) => own === name);
    return found ? this.#give(bytesOf(found[1]), data, size) : NOT_FOUND;
  }
  proxy_add_header_map_value(map, at, length, value, size) {
    this.#stream.maps[map].push([this.#text(at, length), this.#text(value, size)]);
    return OK;
  }
  proxy_replace_header_map_value(map, at, length, value, size) {
    this.proxy_remove_header_map_value(map, at, length);
    return this.proxy_add_header_map_value(map, at, length, value, size);
  }
  proxy_remove_header_map_value(map, at, length) {
    const name = this.#text(at, length);
    this.#stream.maps[map] = this.#stream.maps[map].filter(([own]) => own !== name);
    return OK;
  }
  proxy_set_header_map_pairs() { return BAD_ARGUMENT; }
  proxy_get_property(at, length, data, size) {
    const path = this.#text(at, length);
    const value = path === "plugin_root_id" ? this.root?.name : this.#stream?.properties.get(path);
    return value === undefined ? NOT_FOUND : this.#give(bytesOf(value), data, size);
  }
  proxy_set_property(at, length, value, size) {
    this.#stream.properties.set(this.#text(at, length), this.#read(value, size));
    return OK;
  }
  proxy_get_shared_data(at, length, data, size, cas) {
    const value = this.#shared.get(this.#text(at, length));
    this.#number(cas, 1);
    return value ? this.#give(value, data, size) : NOT_FOUND;
  }
  proxy_set_shared_data(at, length, value, size) {
    this.#shared.set(this.#text(at, length), this.#read(value, size));
    return OK;
  }
  proxy_define_metric(kind, at, length, id) {
    this.#number(id, this.#metrics.push(this.#text(at, length)));
    return OK;
  }
  proxy_increment_metric() { return OK; }
  proxy_record_metric() { return OK; }
  proxy_send_local_response(status) { throw new Error(`the filter answered by itself: ${status}`); }

  environ_sizes_get(count, size) {
    this.#number(count, this.environment.length);
    this.#number(size, this.environment.join("").length);
    return 0;
  }
  environ_get(pointers, at) {
    for (const entry of this.environment) {
      this.#number(pointers, at);
      new Uint8Array(this.wasm.memory.buffer).set(utf8.encode(entry), at);
      [pointers, at] = [pointers + 4, at + entry.length];
    }
    return 0;
  }
  random_get(at, length) {
    crypto.getRandomValues(new Uint8Array(this.wasm.memory.buffer, at, length));
    return 0;
  }
  fd_write(file, vectors, count, written) { this.#number(written, 0); return 0; }
  proc_exit(code) { throw new Error(`exit ${code}`); }
}

/** One request between a client and its provider. */
class Stream {
  constructor(proxy, headers, body) {
    this.proxy = proxy;
    this.maps = { 0: [...headers, ["content-length", String(body.length)]], 2: [] };
    this.body = this.buffer = bytesOf(body);
    this.properties = new Map([
      ["xds\0cluster_name", "local"],
      ["upstream\0request_attempt_count", new Uint8Array([1, 0, 0, 0, 0, 0, 0, 0])],
      ["response\0code_details", "via_upstream"],
    ]);
    this.held = new Map();
  }

  open(role) { return this.proxy.create(this, role); }

  requestHead(context) { this.proxy.callback("proxy_on_request_headers", context, this.maps[0].length, 0); }

  requestBody(context) {
    this.buffer = this.body;
    this.proxy.callback("proxy_on_request_body", context, this.buffer.length, 1);
    this.body = this.buffer;
  }

  /** The provider's reply begins. */
  reply(headers) { this.maps[2] = headers; }

  replyHead(context) { this.proxy.callback("proxy_on_response_headers", context, this.maps[2].length, 0); }

  /** A part of the reply's body; what the role lets pass is in `passed`. */
  replyBody(context, part, end) {
    this.buffer = Uint8Array.from([...(this.held.get(context) ?? []), ...bytesOf(part)]);
    const action = this.proxy.callback("proxy_on_response_body", context, this.buffer.length, end ? 1 : 0);
    this.held.set(context, action === 1 ? this.buffer : []);
    this.passed = action === 1 ? "" : this.buffer;
  }

  close(context) { this.proxy.drop(context, ["proxy_on_done", "proxy_on_log", "proxy_on_delete"]); }
}

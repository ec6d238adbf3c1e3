//! Host calls (proxy-wasm ABI 0.2.1) as values: a status that the host may give is never a panic,
//! as it is in the SDK's own wrappers.

#![allow(
    unsafe_code,
    reason = "foreign functions: pointers and lengths come from live slices, and what the host \
              hands over was allocated by proxy_on_memory_allocate with exactly that size"
)]

use std::ptr::null_mut;

/// A header map.
#[derive(Debug, Clone, Copy)]
#[repr(u32)]
pub(super) enum Map {
    Request = 0,
    Reply = 2,
    CallReply = 6,
}

/// A buffer.
#[derive(Debug, Clone, Copy)]
#[repr(u32)]
pub(super) enum Buffer {
    RequestBody = 0,
    ReplyBody = 1,
    CallBody = 4,
    GrpcMessage = 5,
    PluginConfiguration = 7,
}

/// What the host answered when it did not do as asked.
pub(super) type Status = u32;

#[link(wasm_import_module = "env")]
unsafe extern "C" {
    fn proxy_log(level: u32, text: *const u8, len: usize) -> Status;
    fn proxy_get_current_time_nanoseconds(time: *mut u64) -> Status;
    fn proxy_set_tick_period_milliseconds(period: u32) -> Status;
    fn proxy_set_effective_context(context: u32) -> Status;
    fn proxy_get_buffer_bytes(
        buffer: u32,
        start: usize,
        len: usize,
        data: *mut *mut u8,
        size: *mut usize,
    ) -> Status;
    fn proxy_set_buffer_bytes(
        buffer: u32,
        start: usize,
        len: usize,
        data: *const u8,
        size: usize,
    ) -> Status;
    fn proxy_get_header_map_pairs(map: u32, data: *mut *mut u8, size: *mut usize) -> Status;
    fn proxy_get_header_map_value(
        map: u32,
        name: *const u8,
        name_len: usize,
        data: *mut *mut u8,
        size: *mut usize,
    ) -> Status;
    fn proxy_replace_header_map_value(
        map: u32,
        name: *const u8,
        name_len: usize,
        value: *const u8,
        value_len: usize,
    ) -> Status;
    fn proxy_remove_header_map_value(map: u32, name: *const u8, name_len: usize) -> Status;
    fn proxy_get_property(
        path: *const u8,
        path_len: usize,
        data: *mut *mut u8,
        size: *mut usize,
    ) -> Status;
    fn proxy_set_property(
        path: *const u8,
        path_len: usize,
        value: *const u8,
        value_len: usize,
    ) -> Status;
    fn proxy_get_shared_data(
        key: *const u8,
        key_len: usize,
        data: *mut *mut u8,
        size: *mut usize,
        cas: *mut u32,
    ) -> Status;
    fn proxy_set_shared_data(
        key: *const u8,
        key_len: usize,
        value: *const u8,
        value_len: usize,
        cas: u32,
    ) -> Status;
    fn proxy_continue_stream(stream: u32) -> Status;
    fn proxy_define_metric(kind: u32, name: *const u8, len: usize, id: *mut u32) -> Status;
    fn proxy_increment_metric(id: u32, by: i64) -> Status;
    fn proxy_record_metric(id: u32, value: u64) -> Status;
    fn proxy_send_local_response(
        status: u32,
        details: *const u8,
        details_len: usize,
        body: *const u8,
        body_len: usize,
        headers: *const u8,
        headers_len: usize,
        grpc_status: i32,
    ) -> Status;
}

const OK: Status = 0;

fn done(status: Status) -> Result<(), Status> {
    if status == OK { Ok(()) } else { Err(status) }
}

/// Bytes that the host hands over; `None` when it has none.
fn given(call: impl FnOnce(*mut *mut u8, *mut usize) -> Status) -> Option<Vec<u8>> {
    let (mut data, mut size) = (null_mut(), 0);
    if call(&raw mut data, &raw mut size) != OK {
        return None;
    }
    if data.is_null() {
        return Some(Vec::new());
    }
    // SAFETY: the host got this memory from proxy_on_memory_allocate(size), which leaks a boxed
    // slice of that size, and hands over its ownership.
    Some(unsafe { Vec::from_raw_parts(data, size, size) })
}

/// Writes a line into the proxy's log; the level is the ABI's.
pub(super) fn log(level: u32, text: &str) {
    // SAFETY: a live slice.
    let _ = unsafe { proxy_log(level, text.as_ptr(), text.len()) };
}

/// Nanoseconds since 1970.
pub(super) fn now() -> u64 {
    let mut time = 0;
    // SAFETY: a live place.
    let _ = unsafe { proxy_get_current_time_nanoseconds(&raw mut time) };
    time
}

pub(super) fn tick_every(millis: u32) {
    // SAFETY: no pointers.
    let _ = unsafe { proxy_set_tick_period_milliseconds(millis) };
}

/// Host calls speak for this context from now on.
pub(super) fn speak_for(context: u32) -> Result<(), Status> {
    // SAFETY: no pointers.
    done(unsafe { proxy_set_effective_context(context) })
}

pub(super) fn buffer(buffer: Buffer) -> Option<Vec<u8>> {
    const ALL: usize = i32::MAX as usize;
    // SAFETY: `given` passes live places.
    given(|data, size| unsafe { proxy_get_buffer_bytes(buffer as u32, 0, ALL, data, size) })
}

pub(super) fn replace_buffer(buffer: Buffer, bytes: &[u8]) -> Result<(), Status> {
    const ALL: usize = i32::MAX as usize;
    // SAFETY: a live slice.
    done(unsafe { proxy_set_buffer_bytes(buffer as u32, 0, ALL, bytes.as_ptr(), bytes.len()) })
}

/// The map as the ABI serialises it: see `host::headers`.
pub(super) fn header_pairs(map: Map) -> Option<Vec<u8>> {
    // SAFETY: `given` passes live places.
    given(|data, size| unsafe { proxy_get_header_map_pairs(map as u32, data, size) })
}

pub(super) fn header(map: Map, name: &str) -> Option<Vec<u8>> {
    // SAFETY: a live slice; `given` passes live places.
    given(|data, size| unsafe {
        proxy_get_header_map_value(map as u32, name.as_ptr(), name.len(), data, size)
    })
}

pub(super) fn set_header(map: Map, name: &str, value: &[u8]) -> Result<(), Status> {
    // SAFETY: live slices.
    done(unsafe {
        proxy_replace_header_map_value(
            map as u32,
            name.as_ptr(),
            name.len(),
            value.as_ptr(),
            value.len(),
        )
    })
}

pub(super) fn remove_header(map: Map, name: &str) -> Result<(), Status> {
    // SAFETY: a live slice.
    done(unsafe { proxy_remove_header_map_value(map as u32, name.as_ptr(), name.len()) })
}

/// The parts of `path` are joined by NUL bytes.
pub(super) fn property(path: &str) -> Option<Vec<u8>> {
    // SAFETY: a live slice; `given` passes live places.
    given(|data, size| unsafe { proxy_get_property(path.as_ptr(), path.len(), data, size) })
}

pub(super) fn set_property(path: &str, value: &[u8]) -> Result<(), Status> {
    // SAFETY: live slices.
    done(unsafe { proxy_set_property(path.as_ptr(), path.len(), value.as_ptr(), value.len()) })
}

/// A shared value and its version.
pub(super) fn shared(key: &str) -> Option<(Vec<u8>, u32)> {
    let mut version = 0;
    // SAFETY: a live slice and place; `given` passes live places.
    let value = given(|data, size| unsafe {
        proxy_get_shared_data(key.as_ptr(), key.len(), data, size, &raw mut version)
    })?;
    Some((value, version))
}

/// Sets a shared value; a version other than 0 must be the one that is there.
pub(super) fn set_shared(key: &str, value: &[u8], version: u32) -> Result<(), Status> {
    // SAFETY: live slices.
    done(unsafe {
        proxy_set_shared_data(
            key.as_ptr(),
            key.len(),
            value.as_ptr(),
            value.len(),
            version,
        )
    })
}

/// The paused request goes on.
pub(super) fn resume_request() {
    const REQUEST: u32 = 0;
    // SAFETY: no pointers.
    let _ = unsafe { proxy_continue_stream(REQUEST) };
}

/// `kind`: 0 a counter, 2 a histogram.
pub(super) fn define_metric(kind: u32, name: &str) -> Result<u32, Status> {
    let mut id = 0;
    // SAFETY: a live slice and place.
    done(unsafe { proxy_define_metric(kind, name.as_ptr(), name.len(), &raw mut id) })?;
    Ok(id)
}

pub(super) fn increment_metric(id: u32, by: u64) {
    let by = i64::try_from(by).unwrap_or(i64::MAX);
    // SAFETY: no pointers.
    let _ = unsafe { proxy_increment_metric(id, by) };
}

pub(super) fn record_metric(id: u32, value: u64) {
    // SAFETY: no pointers.
    let _ = unsafe { proxy_record_metric(id, value) };
}

/// `headers` are serialised as in `host::pairs`; `details` stand in the access log.
pub(super) fn answer(
    status: u16,
    details: &str,
    headers: &[u8],
    body: &[u8],
) -> Result<(), Status> {
    // SAFETY: live slices.
    done(unsafe {
        proxy_send_local_response(
            status.into(),
            details.as_ptr(),
            details.len(),
            body.as_ptr(),
            body.len(),
            headers.as_ptr(),
            headers.len(),
            -1,
        )
    })
}

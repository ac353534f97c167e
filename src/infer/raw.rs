//! The only file with unsafe code: ONNX Runtime's raw run loop over memory of our own, the memory it loads weights
//! into, rten's memory map, the allocator that has allocations counted, and the end of the process.
//!
//! It knows nothing of tokens or engines' choices. What callers see is safe under the invariants written
//! at each `unsafe` block; the three that hold everywhere are:
//!
//! * **Memory outlives the values over it.** A `Tensor` borrows its memory, mutably and for all of its life.
//! * **Nobody else touches it meanwhile.** ONNX Runtime reads and writes it only during `Run`, while all
//!   tensors of that run are borrowed; between two runs no tensor exists.
//! * **The graph stays inside.** How far it reads and writes in the cache follows from the attention mask,
//!   which is made here, never longer than the cache has places.
//!
//! By hand before a release, the tests that come through here under AddressSanitizer, which sees the memory of Rust
//! and what the C library does to it for others:
//!
//! ```sh
//! RUSTC_BOOTSTRAP=1 RUSTFLAGS=-Zsanitizer=address CARGO_TARGET_DIR=target/asan cargo test \
//!     --target x86_64-unknown-linux-gnu --no-default-features --features ort,rten --test it -- \
//!     tokens:: beams:: families:: said:: many:: damage:: predict:: chat:: bench::
//! ```
//!
//! What ONNX Runtime's own code reads and writes is seen by valgrind, which may also report `strncmp` in the loader of
//! the system's C library, from before there is a model:
//!
//! ```sh
//! valgrind target/debug/phi3ml predict -m fixtures/models/phi3-tiny --engine ort --prompt Hello
//! ```

#![expect(
    unsafe_code,
    reason = "ort's safe API copies or rebinds 65 tensors for each token and knows no allocators of others, and \
              neither memory maps nor allocators can be safe"
)]

use std::alloc::{GlobalAlloc, Layout, System};
#[cfg(feature = "rten")]
use std::{mem::ManuallyDrop, path::Path, slice};

#[cfg(feature = "ort")]
pub(super) use ort_run::{Logits, Runner};
#[cfg(feature = "ort")]
pub(super) use ort_weights::lend_pages;

use super::confine;

#[global_allocator]
static ALLOCATOR: Counted = Counted;

/// Ends the process without what C libraries do at its end: ONNX Runtime takes down what a thread of it may still use,
/// where a model is left while it is loaded. All output has to be flushed.
pub fn leave(code: u8) -> ! {
    #[cfg(unix)]
    {
        // SAFETY: so the C library declares it; it has no preconditions.
        unsafe extern "C" {
            safe fn _exit(code: std::ffi::c_int) -> !;
        }
        _exit(code.into())
    }
    #[cfg(not(unix))]
    {
        #[expect(clippy::exit, reason = "the program is at its end")]
        std::process::exit(code.into())
    }
}

/// The system's allocator; `confine` is told of all that is taken and given back.
struct Counted;

// SAFETY: everything is handed on to the system's allocator as it comes. What `confine` does before either comes back,
// without unwinding and without having changed anything that is allocated, or never comes back. It allocates only
// after it has set itself not to count.
unsafe impl GlobalAlloc for Counted {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        confine::take(layout.size());
        // SAFETY: the caller's promises are those that the system's allocator asks for, here and below.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        confine::take(layout.size());
        // SAFETY: see `alloc`.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, start: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        confine::take(size);
        confine::give_back(layout.size());
        // SAFETY: see `alloc`.
        unsafe { System.realloc(start, layout, size) }
    }

    unsafe fn dealloc(&self, start: *mut u8, layout: Layout) {
        confine::give_back(layout.size());
        // SAFETY: see `alloc`.
        unsafe { System.dealloc(start, layout) }
    }
}

/// Maps a model's weights instead of reading them.
///
/// A map is sound as long as nobody shortens or rewrites the file meanwhile. A model's folder is written
/// once, beside its place, and renamed; whoever rewrites weights under a running program may crash it, as
/// with every program that maps them.
#[cfg(feature = "rten")]
pub(super) fn map_model(path: &Path) -> Result<rten::Model, rten::LoadError> {
    // SAFETY: see above; the lengths were checked against the graph before.
    unsafe { rten::Model::load_mmap(path) }
}

/// Maps the weights of a graph that was changed in memory; its files are under `folder`.
///
/// rten takes them from memory only if that stays for ever, so it does: one map for each model that is opened.
#[cfg(feature = "rten")]
pub(super) fn map_weights(
    graph: Vec<u8>,
    folder: &Path,
    files: &[String],
) -> Result<rten::Model, MapError> {
    let mut options = rten::ModelOptions::with_all_ops();
    for name in files {
        let file = fs_err::File::open(folder.join(name))?;
        // SAFETY: as in `map_model`.
        let map = ManuallyDrop::new(unsafe { memmap2::Mmap::map(&file) }?);
        // SAFETY: this is what was mapped, and it is never unmapped.
        let weights: &'static [u8] = unsafe { slice::from_raw_parts(map.as_ptr(), map.len()) };
        options.external_data_static(name, weights);
    }
    Ok(options.load(graph)?)
}

/// Files that cannot be mapped, or not understood.
#[cfg(feature = "rten")]
#[derive(Debug, thiserror::Error)]
pub(super) enum MapError {
    #[error(transparent)]
    Map(#[from] std::io::Error),
    #[error(transparent)]
    Load(#[from] rten::LoadError),
}

#[cfg(feature = "ort")]
mod ort_weights {
    use std::collections::HashMap;
    use std::ffi::c_void;
    use std::ptr;
    use std::sync::{Mutex, MutexGuard, PoisonError};

    use memmap2::{MmapMut, MmapOptions};
    use ort::environment::Environment;
    use ort::memory::{AllocationDevice, AllocatorType, MemoryInfo, MemoryType};
    use ort::{AsPointer as _, sys};

    /// Gives sessions that use the environment's allocators memory for the weights they rearrange, with all its
    /// pages in place. They fill it at once, and to be given page after page as they touch them is a tenth of the
    /// time that loading takes. What they need while running comes from their own arena, as ever.
    pub(crate) fn lend_pages(environment: &Environment) -> ort::Result<()> {
        let lender = Box::into_raw(Box::new(Lender {
            allocator: sys::OrtAllocator {
                // Of that version there is no more to an allocator than these.
                version: sys::ORT_API_VERSION,
                Alloc: Some(lend),
                Free: Some(take_back),
                Info: Some(info),
                Reserve: None,
            },
            info: MemoryInfo::new(
                AllocationDevice::CPU,
                0,
                AllocatorType::ReadOnly,
                MemoryType::Default,
            )?,
            lent: Mutex::default(),
        }));
        // SAFETY: both pointers are valid. The environment keeps ours, beyond the life of any session; that is why it
        // is never freed. It begins with what ONNX Runtime takes it for, and the functions there are made for it.
        unsafe {
            let status =
                (ort::api().RegisterAllocator)(environment.ptr().cast_mut(), lender.cast());
            ort::Error::result_from_status(status)
        }
    }

    /// What ONNX Runtime takes for an `OrtAllocator`, and what belongs to it.
    #[repr(C)]
    struct Lender {
        allocator: sys::OrtAllocator,
        info: MemoryInfo<'static>,
        lent: Mutex<HashMap<usize, MmapMut>>,
    }

    impl Lender {
        fn lent(&self) -> MutexGuard<'_, HashMap<usize, MmapMut>> {
            self.lent.lock().unwrap_or_else(PoisonError::into_inner)
        }
    }

    /// Null where there is no memory.
    unsafe extern "system" fn lend(lender: *mut sys::OrtAllocator, size: usize) -> *mut c_void {
        // SAFETY: ONNX Runtime hands out the pointer it was given, which is to a `Lender` that is never freed and
        // that nobody has a mutable reference to.
        let lender = unsafe { &*lender.cast::<Lender>() };
        let Ok(mut pages) = MmapOptions::new().len(size).populate().map_anon() else {
            return ptr::null_mut();
        };
        let start = pages.as_mut_ptr();
        lender.lent().insert(start.addr(), pages);
        start.cast()
    }

    unsafe extern "system" fn take_back(lender: *mut sys::OrtAllocator, start: *mut c_void) {
        // SAFETY: as in `lend`.
        let lender = unsafe { &*lender.cast::<Lender>() };
        let pages = lender.lent().remove(&start.addr());
        drop(pages);
    }

    unsafe extern "system" fn info(lender: *const sys::OrtAllocator) -> *const sys::OrtMemoryInfo {
        // SAFETY: as in `lend`.
        let lender = unsafe { &*lender.cast::<Lender>() };
        lender.info.ptr()
    }
}

#[cfg(feature = "ort")]
mod ort_run {
    use std::ffi::CString;
    use std::io;
    use std::marker::PhantomData;
    use std::ops::Range;
    use std::ptr::{self, NonNull};

    use half::f16;
    use memmap2::{MmapMut, MmapOptions};
    use ort::memory::MemoryInfo;
    use ort::session::Session;
    use ort::{AsPointer as _, sys};

    use crate::infer::graph::{Element, Graph};

    /// What a tensor is made of.
    #[derive(Clone, Copy)]
    enum Type {
        I64,
        Float(Element),
    }

    impl Type {
        fn size(self) -> usize {
            match self {
                Self::I64 => size_of::<i64>(),
                Self::Float(element) => element.size(),
            }
        }

        fn tag(self) -> sys::ONNXTensorElementDataType {
            use sys::ONNXTensorElementDataType as Tag;
            match self {
                Self::I64 => Tag::ONNX_TENSOR_ELEMENT_DATA_TYPE_INT64,
                Self::Float(Element::F32) => Tag::ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT,
                Self::Float(Element::F16) => Tag::ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT16,
            }
        }
    }

    impl Element {
        fn size(self) -> usize {
            match self {
                Self::F32 => size_of::<f32>(),
                Self::F16 => size_of::<f16>(),
            }
        }
    }

    /// What memory may hold: numbers, and bytes that are read as numbers. Any bits are one of them.
    trait Number {}
    impl Number for u8 {}
    impl Number for i64 {}
    impl Number for f32 {}
    impl Number for f16 {}

    /// Where the logits go.
    pub(crate) enum Logits<'a> {
        F32(&'a mut [f32]),
        F16(&'a mut [f16]),
    }

    /// A tensor of ONNX Runtime over memory that lives at least as long as `'m`.
    struct Tensor<'m> {
        value: NonNull<sys::OrtValue>,
        memory: PhantomData<&'m mut [u8]>,
    }

    impl<'m> Tensor<'m> {
        /// A tensor over a slice; the borrow ends with the tensor.
        fn of<T: Number>(
            info: &MemoryInfo<'_>,
            data: &'m mut [T],
            shape: &[i64],
            element: Type,
        ) -> ort::Result<Self> {
            if data.as_ptr().align_offset(element.size()) != 0 {
                return Err(ort::Error::new("the memory of a tensor is not aligned"));
            }
            let mut value = ptr::null_mut();
            // SAFETY: all pointers are valid for the call. ONNX Runtime checks the size of the memory against
            // `shape` and `element`, keeps the memory without owning it, and copies `shape`. The memory is
            // borrowed mutably for as long as the tensor lives, is aligned for its elements (checked above),
            // and every bit pattern in it is a number, whoever reads it. The status is handed over to `ort`.
            unsafe {
                let status = (ort::api().CreateTensorWithDataAsOrtValue)(
                    info.ptr(),
                    data.as_mut_ptr().cast(),
                    size_of_val(data),
                    shape.as_ptr(),
                    shape.len(),
                    element.tag(),
                    &raw mut value,
                );
                ort::Error::result_from_status(status)?;
            }
            let value = NonNull::new(value)
                .ok_or_else(|| ort::Error::new("ONNX Runtime made a tensor of nothing"))?;
            Ok(Self {
                value,
                memory: PhantomData,
            })
        }
    }

    impl Drop for Tensor<'_> {
        fn drop(&mut self) {
            // SAFETY: made by `of`, released once.
            unsafe { (ort::api().ReleaseValue)(self.value.as_ptr()) }
        }
    }

    /// A session with its cache.
    pub(crate) struct Runner {
        session: Session,
        info: MemoryInfo<'static>,
        inputs: Vec<CString>,
        outputs: Vec<CString>,
        /// Keys or values of one layer each: by row, by head, by place, then the numbers of one head.
        cache: Vec<MmapMut>,
        layout: Layout,
        mask: Vec<i64>,
        /// Where each token stands in its row, if the graph asks for it.
        positions: Option<Vec<i64>>,
        vocab_size: usize,
    }

    /// How the memory of one layer's keys or values is divided.
    #[derive(Clone, Copy)]
    struct Layout {
        rows: usize,
        heads: usize,
        /// Places for tokens in each row.
        length: usize,
        head_size: usize,
        element: Element,
    }

    impl Layout {
        /// Bytes of one place of one head.
        fn place(self) -> Option<usize> {
            self.head_size.checked_mul(self.element.size())
        }

        fn head(self) -> Option<usize> {
            self.place()?.checked_mul(self.length)
        }

        fn row(self) -> Option<usize> {
            self.head()?.checked_mul(self.heads)
        }

        fn all(self) -> Option<usize> {
            self.row()?.checked_mul(self.rows)
        }

        /// The bytes of some rows.
        fn rows(self, rows: &Range<usize>) -> Option<Range<usize>> {
            let row = self.row()?;
            Some(row.checked_mul(rows.start)?..row.checked_mul(rows.end)?)
        }

        /// The bytes of some places of one head in one row.
        fn places(self, row: usize, head: usize, places: &Range<usize>) -> Option<Range<usize>> {
            let start = self.row()?.checked_mul(row)? + self.head()?.checked_mul(head)?;
            let place = self.place()?;
            let is_inside = row < self.rows && head < self.heads && places.end <= self.length;
            is_inside.then_some(start + places.start * place..start + places.end * place)
        }
    }

    impl Runner {
        pub(crate) fn new(session: Session, graph: &Graph) -> ort::Result<Self> {
            let name = |name: &String| {
                CString::new(name.as_str()).map_err(|error| ort::Error::new(error.to_string()))
            };
            let past = graph.cache.iter().map(|names| &names.past);
            let present = graph.cache.iter().map(|names| &names.present);
            Ok(Self {
                session,
                info: MemoryInfo::default(),
                inputs: [&graph.input_ids, &graph.attention_mask]
                    .into_iter()
                    .chain(past)
                    .chain(&graph.position_ids)
                    .map(name)
                    .collect::<Result<_, _>>()?,
                outputs: std::iter::once(&graph.logits)
                    .chain(present)
                    .map(name)
                    .collect::<Result<_, _>>()?,
                cache: Vec::new(),
                layout: Layout {
                    rows: 0,
                    heads: graph.heads,
                    length: 0,
                    head_size: graph.head_size,
                    element: graph.cache_element,
                },
                mask: Vec::new(),
                positions: graph.position_ids.is_some().then(Vec::new),
                vocab_size: graph.vocab_size,
            })
        }

        /// How many bytes the keys and values of one token take.
        pub(crate) fn token_bytes(&self) -> usize {
            let place = self.layout.place().unwrap_or(usize::MAX);
            let places = self
                .layout
                .heads
                .saturating_mul(self.inputs.len().saturating_sub(2));
            place.saturating_mul(places)
        }

        /// Whether there is room for so many sequences of this length.
        pub(crate) fn has_room(&self, rows: usize, length: usize) -> bool {
            rows <= self.layout.rows && length <= self.layout.length
        }

        /// Makes room for `rows` sequences of `length`; what the cache held is forgotten. On failure: how many
        /// bytes it was to be, and why not.
        pub(crate) fn reserve(
            &mut self,
            rows: usize,
            length: usize,
        ) -> Result<(), (usize, io::Error)> {
            let layout = Layout {
                rows,
                length,
                ..self.layout
            };
            let bytes = layout.all().unwrap_or(usize::MAX);
            let tensors = self.outputs.len().saturating_sub(1);
            self.cache.clear();
            self.layout.rows = 0;
            // Zero pages that cost memory only once they are written; without a reservation in swap, since
            // most of them never are.
            self.cache = (0..tensors)
                .map(|_| MmapOptions::new().len(bytes).no_reserve_swap().map_anon())
                .collect::<Result<_, _>>()
                .map_err(|error| (bytes.saturating_mul(tensors), error))?;
            self.layout = layout;
            Ok(())
        }

        /// Copies some places of one row to the same places of another.
        pub(crate) fn copy(&mut self, from: usize, to: usize, places: &Range<usize>) {
            for memory in &mut self.cache {
                for head in 0..self.layout.heads {
                    let place = |row| self.layout.places(row, head, places);
                    if let (Some(from), Some(to)) = (place(from), place(to)) {
                        memory.copy_within(from, to.start);
                    }
                }
            }
        }

        /// Runs `ids`, as many for each of `rows`, after the `past` tokens that the cache holds for each row.
        /// `logits` has a row for each token that the graph gives one for.
        pub(crate) fn run(
            &mut self,
            rows: &Range<usize>,
            past: &[usize],
            ids: &mut [i64],
            logits: Logits<'_>,
        ) -> ort::Result<()> {
            let info = &self.info;
            let layout = self.layout;
            let new = ids.len().checked_div(rows.len()).unwrap_or_default();
            let total = past.iter().max().map_or(0, |past| past.saturating_add(new));
            if rows.len() != past.len() || rows.end > layout.rows || total > layout.length {
                return Err(ort::Error::new("the sequences are longer than their cache"));
            }
            self.mask.clear();
            for past in past {
                self.mask.resize(self.mask.len() + past + new, 1);
                self.mask.resize(self.mask.len() + total - past - new, 0);
            }
            let count = signed(rows.len());
            let ids = Tensor::of(info, ids, &[count, signed(new)], Type::I64)?;
            let mask = Tensor::of(info, &mut self.mask, &[count, signed(total)], Type::I64)?;
            let positions = match &mut self.positions {
                Some(positions) => {
                    positions.clear();
                    positions.extend(
                        past.iter()
                            .flat_map(|past| signed(*past)..signed(past + new)),
                    );
                    Some(Tensor::of(
                        info,
                        positions,
                        &[count, signed(new)],
                        Type::I64,
                    )?)
                }
                None => None,
            };
            let shape = |numbers: usize| {
                let tokens = numbers.checked_div(self.vocab_size * rows.len());
                let tokens = signed(tokens.unwrap_or_default());
                [count, tokens, signed(self.vocab_size)]
            };
            let logits = match logits {
                Logits::F32(data) => {
                    let shape = shape(data.len());
                    Tensor::of(info, data, &shape, Type::Float(Element::F32))?
                }
                Logits::F16(data) => {
                    let shape = shape(data.len());
                    Tensor::of(info, data, &shape, Type::Float(Element::F16))?
                }
            };
            let [heads, length, head_size] =
                [layout.heads, layout.length, layout.head_size].map(signed);
            let cache = self
                .cache
                .iter_mut()
                .map(|memory| {
                    let bytes = layout.rows(rows).and_then(|bytes| memory.get_mut(bytes));
                    let bytes = bytes.unwrap_or_default();
                    let shape = [count, heads, length, head_size];
                    Tensor::of(info, bytes, &shape, Type::Float(layout.element))
                })
                .collect::<ort::Result<Vec<_>>>()?;
            let cache = cache.iter().map(|cached| cached.value.as_ptr());
            let inputs: Vec<*const sys::OrtValue> = [&ids, &mask]
                .map(|tensor| tensor.value.as_ptr())
                .into_iter()
                .chain(cache.clone())
                .chain(positions.iter().map(|tensor| tensor.value.as_ptr()))
                .map(<*mut sys::OrtValue>::cast_const)
                .collect();
            let mut outputs: Vec<*mut sys::OrtValue> = std::iter::once(logits.value.as_ptr())
                .chain(cache)
                .collect();
            let input_names: Vec<_> = self.inputs.iter().map(|name| name.as_ptr()).collect();
            let output_names: Vec<_> = self.outputs.iter().map(|name| name.as_ptr()).collect();
            // SAFETY: the session is ours alone (`&mut self`). There are as many values as we say and at least
            // as many names; names end with NUL, values are tensors that live until after the call. Outputs
            // are given, so ONNX Runtime allocates none, writes into ours and checks their shapes. The cache
            // is input and output at once, as GroupQueryAttention allows (`past_present_share_buffer`): in
            // each row it appends in place, at the place that the row's part of the mask says, and none of
            // them is longer than the cache.
            unsafe {
                let status = (ort::api().Run)(
                    self.session.ptr().cast_mut(),
                    ptr::null(),
                    input_names.as_ptr(),
                    inputs.as_ptr(),
                    inputs.len(),
                    output_names.as_ptr(),
                    outputs.len(),
                    outputs.as_mut_ptr(),
                );
                ort::Error::result_from_status(status)
            }
        }
    }

    /// Sizes as ONNX Runtime counts them; anything larger than it can count is refused by it as negative.
    fn signed(size: usize) -> i64 {
        i64::try_from(size).unwrap_or(-1)
    }
}

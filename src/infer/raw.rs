//! The only file with unsafe code: ONNX Runtime's raw run loop over memory of our own, and rten's memory map.
//!
//! It knows nothing of tokens or engines' choices. What callers see is safe under the invariants written
//! at each `unsafe` block; the two that hold everywhere are:
//!
//! * **Memory outlives the values over it.** A `Tensor` borrows or owns its memory, and is released first.
//! * **Nobody else touches it meanwhile.** ONNX Runtime reads and writes it only during `Run`, which takes
//!   `&mut`; the memory of the cache is never read or written from Rust at all.

#![expect(
    unsafe_code,
    reason = "ort's safe API copies or rebinds 65 tensors for each token, and memory maps cannot be safe"
)]

#[cfg(feature = "ort")]
pub(super) use ort_run::{Logits, Runner};

/// Maps a model's weights instead of reading them.
///
/// A map is sound as long as nobody shortens or rewrites the file meanwhile. A model's folder is written
/// once, beside its place, and renamed; whoever rewrites weights under a running program may crash it, as
/// with every program that maps them.
#[cfg(feature = "rten")]
pub(super) fn map_model(path: &std::path::Path) -> Result<rten::Model, rten::LoadError> {
    // SAFETY: see above; the lengths were checked against the graph before.
    unsafe { rten::Model::load_mmap(path) }
}

#[cfg(feature = "ort")]
mod ort_run {
    use std::ffi::CString;
    use std::io;
    use std::marker::PhantomData;
    use std::ptr::{self, NonNull};

    use half::f16;
    use memmap2::{MmapMut, MmapOptions};
    use ort::memory::MemoryInfo;
    use ort::session::Session;
    use ort::{AsPointer as _, sys};

    use crate::infer::graph::{Element, Graph};

    const I64: sys::ONNXTensorElementDataType =
        sys::ONNXTensorElementDataType::ONNX_TENSOR_ELEMENT_DATA_TYPE_INT64;

    impl Element {
        fn size(self) -> usize {
            match self {
                Self::F32 => size_of::<f32>(),
                Self::F16 => size_of::<f16>(),
            }
        }

        fn tag(self) -> sys::ONNXTensorElementDataType {
            match self {
                Self::F32 => sys::ONNXTensorElementDataType::ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT,
                Self::F16 => sys::ONNXTensorElementDataType::ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT16,
            }
        }
    }

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

    // SAFETY: an `OrtValue` over CPU memory has no tie to the thread that made it.
    unsafe impl Send for Tensor<'_> {}

    impl Tensor<'_> {
        /// # Safety
        /// `data` is valid for reads and writes of `bytes` bytes for all of `'m`, and during that time nobody
        /// reads or writes it while ONNX Runtime runs with this tensor.
        unsafe fn over(
            info: &MemoryInfo<'_>,
            data: *mut u8,
            bytes: usize,
            shape: &[i64],
            element: sys::ONNXTensorElementDataType,
        ) -> ort::Result<Self> {
            let mut value = ptr::null_mut();
            // SAFETY: all pointers are valid for the call; ONNX Runtime checks `bytes` against `shape`, keeps
            // `data` without owning it, and copies `shape`. The status is handed over to `ort`.
            unsafe {
                let status = (ort::api().CreateTensorWithDataAsOrtValue)(
                    info.ptr(),
                    data.cast(),
                    bytes,
                    shape.as_ptr(),
                    shape.len(),
                    element,
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

    impl<'m> Tensor<'m> {
        /// A tensor over a slice; the borrow ends with the tensor.
        fn of<T>(
            info: &MemoryInfo<'_>,
            data: &'m mut [T],
            shape: &[i64],
            element: sys::ONNXTensorElementDataType,
        ) -> ort::Result<Self> {
            let bytes = size_of_val(data);
            // SAFETY: the slice is borrowed mutably for `'m`, and every bit pattern is a number.
            unsafe { Self::over(info, data.as_mut_ptr().cast(), bytes, shape, element) }
        }
    }

    impl Drop for Tensor<'_> {
        fn drop(&mut self) {
            // SAFETY: made by `over`, released once.
            unsafe { (ort::api().ReleaseValue)(self.value.as_ptr()) }
        }
    }

    /// Keys or values of one layer, as long as the longest sequence.
    ///
    /// The fields are dropped in this order: first the tensor, then the memory under it.
    struct Cached {
        tensor: Tensor<'static>,
        _memory: MmapMut,
    }

    /// A session with its cache.
    pub(crate) struct Runner {
        cache: Vec<Cached>,
        /// The attention mask: all ones, as many as the cache has rows. The graph takes the length of the
        /// sequence from it, so it must not come from outside.
        mask: Vec<i64>,
        /// Where each place of the cache stands, if the graph asks for it: 0, 1, 2, …
        positions: Option<Vec<i64>>,
        session: Session,
        info: MemoryInfo<'static>,
        inputs: Vec<CString>,
        outputs: Vec<CString>,
        heads: usize,
        head_size: usize,
        element: Element,
        vocab_size: usize,
    }

    impl Runner {
        pub(crate) fn new(session: Session, graph: &Graph) -> ort::Result<Self> {
            let name = |name: &String| {
                CString::new(name.as_str()).map_err(|error| ort::Error::new(error.to_string()))
            };
            let past = graph.cache.iter().map(|names| &names.past);
            let present = graph.cache.iter().map(|names| &names.present);
            Ok(Self {
                cache: Vec::new(),
                mask: Vec::new(),
                positions: graph.position_ids.is_some().then(Vec::new),
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
                heads: graph.heads,
                head_size: graph.head_size,
                element: graph.cache_element,
                vocab_size: graph.vocab_size,
            })
        }

        /// How long a sequence may become.
        pub(crate) fn length(&self) -> usize {
            self.mask.len()
        }

        /// Makes room for sequences of `length`; what the cache held is forgotten. On failure: how many bytes
        /// it was to be, and why not.
        pub(crate) fn reserve(&mut self, length: usize) -> Result<(), (usize, io::Error)> {
            let numbers = self
                .heads
                .checked_mul(length)
                .and_then(|rows| rows.checked_mul(self.head_size));
            let bytes = numbers
                .and_then(|numbers| numbers.checked_mul(self.element.size()))
                .unwrap_or(usize::MAX);
            let tensors = self.outputs.len().saturating_sub(1);
            let all = bytes.saturating_mul(tensors);
            self.cache.clear();
            self.mask.clear();
            self.cache = (0..tensors)
                .map(|_| self.cached(length, bytes))
                .collect::<Result<_, _>>()
                .map_err(|error| (all, error))?;
            self.mask
                .try_reserve(length)
                .map_err(|error| (all, io::Error::other(error)))?;
            self.mask.resize(length, 1);
            if let Some(positions) = &mut self.positions {
                *positions = (0..signed(length)).collect();
            }
            Ok(())
        }

        fn cached(&self, length: usize, bytes: usize) -> io::Result<Cached> {
            // Zero pages that cost memory only once they are written; without a reservation in swap, since
            // most of them never are.
            let mut memory = MmapOptions::new().len(bytes).no_reserve_swap().map_anon()?;
            let shape = [
                1,
                signed(self.heads),
                signed(length),
                signed(self.head_size),
            ];
            // SAFETY: the map is `bytes` long, aligned to a page, stays where it is when it is moved into
            // `Cached`, is dropped after the tensor, and nobody reads or writes it from Rust.
            let tensor = unsafe {
                Tensor::over(
                    &self.info,
                    memory.as_mut_ptr(),
                    bytes,
                    &shape,
                    self.element.tag(),
                )
            };
            Ok(Cached {
                tensor: tensor.map_err(io::Error::other)?,
                _memory: memory,
            })
        }

        /// Runs `ids` after the `past` tokens that the cache holds; `logits` has a row for each token that the
        /// graph gives one for.
        pub(crate) fn run(
            &mut self,
            ids: &mut [i64],
            past: usize,
            logits: Logits<'_>,
        ) -> ort::Result<()> {
            let info = &self.info;
            let total = past.saturating_add(ids.len());
            let mask = self
                .mask
                .get_mut(..total)
                .ok_or_else(|| ort::Error::new("the sequence is longer than its cache"))?;
            let positions = self
                .positions
                .as_mut()
                .and_then(|positions| positions.get_mut(past..total));
            let (new, total) = (signed(ids.len()), signed(total));
            let positions = positions
                .map(|positions| Tensor::of(info, positions, &[1, new], I64))
                .transpose()?;
            let ids = Tensor::of(info, ids, &[1, new], I64)?;
            let mask = Tensor::of(info, mask, &[1, total], I64)?;
            let shape = |numbers: usize| {
                let rows = numbers.checked_div(self.vocab_size).unwrap_or_default();
                [1, signed(rows), signed(self.vocab_size)]
            };
            let logits = match logits {
                Logits::F32(data) => {
                    let shape = shape(data.len());
                    Tensor::of(info, data, &shape, Element::F32.tag())?
                }
                Logits::F16(data) => {
                    let shape = shape(data.len());
                    Tensor::of(info, data, &shape, Element::F16.tag())?
                }
            };
            let cache = self.cache.iter().map(|cached| cached.tensor.value.as_ptr());
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
            // is input and output at once, as GroupQueryAttention allows (`past_present_share_buffer`): it
            // appends rows in place, at most up to the length of the mask, which is the cache's.
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

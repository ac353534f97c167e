//! Lets code that a model's files steer have so much memory and time, and no more.
//!
//! Knows nothing of what runs there. It runs on a thread of its own, whose allocations `raw` has counted here. Where
//! they exceed what is allowed, the thread is left in the middle of one for ever: nothing else is sound there.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use super::error::Error;

/// What some work may use.
#[derive(Debug, Clone, Copy)]
pub(super) struct Allowance {
    /// Bytes that it holds at any one time.
    pub(super) memory: usize,
    /// How long it takes.
    pub(super) time: Duration,
}

/// So much that lists in lists in lists, as deep as steps suffice for, do not exhaust it. What is not used is not taken.
const STACK: usize = 512 << 20;

/// More bytes than most prompts have. Ten times as many are done with what is allowed.
const LARGE: usize = 1 << 20;

/// Of threads that may take what they want.
const UNCOUNTED: usize = usize::MAX;

thread_local! {
    /// Bytes that this thread may still take. Neither making it nor using it allocates where the linker knows of
    /// threads, as on every system that has ONNX Runtime.
    static LEFT: Cell<usize> = const { Cell::new(UNCOUNTED) };
    /// How to tell that it wants more.
    static WANTS_MORE: RefCell<Option<Box<dyn FnOnce()>>> = const { RefCell::new(None) };
    /// Whether what goes wrong here is told as an error, and not where programs tell of their own faults.
    static IS_SILENT: Cell<bool> = const { Cell::new(false) };
}

/// Where such work is done. Work that took more than is allowed keeps what it has, so after it none is begun, unless it
/// was a large input that needed so much.
#[derive(Debug)]
pub(super) struct Confinement {
    allowance: Allowance,
    is_exhausted: AtomicBool,
}

impl Confinement {
    pub(super) fn new(allowance: Allowance) -> Self {
        Self {
            allowance,
            is_exhausted: AtomicBool::new(false),
        }
    }

    /// Does `work` on so many bytes; `None` where that takes more than is allowed.
    pub(super) fn run<T: Send + 'static>(
        &self,
        input: usize,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<Option<T>, Error> {
        if self.is_exhausted.load(Ordering::Relaxed) {
            return Ok(None);
        }
        let done = confined(self.allowance, work)?;
        if done.is_none() && input < LARGE {
            self.is_exhausted.store(true, Ordering::Relaxed);
        }
        Ok(done)
    }
}

fn confined<T: Send + 'static>(
    allowance: Allowance,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<Option<T>, Error> {
    let (sender, receiver) = mpsc::channel();
    keep_silence();
    let work = move || {
        let wants_more = sender.clone();
        WANTS_MORE.set(Some(Box::new(move || drop(wants_more.send(Ok(None))))));
        IS_SILENT.set(true);
        LEFT.set(allowance.memory);
        // What it was at work on is lost with it.
        let done = panic::catch_unwind(AssertUnwindSafe(work));
        LEFT.set(UNCOUNTED);
        let done = done.map(Some).map_err(|panic| Error::Panicked {
            said: words(&*panic),
        });
        drop(sender.send(done));
    };
    let thread = thread::Builder::new().stack_size(STACK).spawn(work);
    thread.map_err(Error::Thread)?;
    match receiver.recv_timeout(allowance.time) {
        Ok(done) => done,
        // A thread ends without a word only where that exhausts it, too.
        Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => Ok(None),
    }
}

/// Has panics of confined threads told by nobody else.
fn keep_silence() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let tell = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if !IS_SILENT.get() {
                tell(panic);
            }
        }));
    });
}

/// What a panic said.
pub(super) fn words(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or(panic.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("nothing").to_owned()
}

/// This thread is about to take so many bytes. Does not come back where it may not.
pub(super) fn take(size: usize) {
    let left = LEFT.get();
    if left != UNCOUNTED {
        match left.checked_sub(size) {
            Some(left) => LEFT.set(left),
            None => stay_here(),
        }
    }
}

/// This thread has given so many bytes back.
pub(super) fn give_back(size: usize) {
    let left = LEFT.get();
    if left != UNCOUNTED {
        LEFT.set(left.saturating_add(size).min(UNCOUNTED - 1));
    }
}

#[cold]
fn stay_here() {
    LEFT.set(UNCOUNTED);
    // It comes to an end by itself, and holds a lock that every other panic needs.
    if thread::panicking() {
        return;
    }
    if let Ok(Some(wants_more)) = WANTS_MORE.try_with(RefCell::take) {
        wants_more();
    }
    loop {
        thread::park();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALLOWANCE: Allowance = Allowance {
        memory: 1 << 20,
        time: Duration::from_mins(1),
    };

    #[test]
    fn what_is_given_back_may_be_taken_again() {
        let sum = confined(ALLOWANCE, || {
            (0..100).map(|_| vec![1_u8; 600_000].len()).sum::<usize>()
        });
        assert_eq!(sum.unwrap(), Some(60_000_000));
    }

    #[test]
    fn more_memory_is_not_given() {
        let grown = confined(ALLOWANCE, || {
            let mut text = String::from("a");
            while text.len() < 1 << 40 {
                text = text.repeat(2);
            }
        });
        assert_eq!(grown.unwrap(), None);
        let at_once = confined(ALLOWANCE, || vec![0_u8; 1 << 40].len());
        assert_eq!(at_once.unwrap(), None);
        let step_by_step = confined(ALLOWANCE, || {
            let mut text = Vec::new();
            loop {
                text.push(1);
                std::hint::black_box(&text);
            }
        });
        assert_eq!(step_by_step.unwrap(), None::<()>);
    }

    #[test]
    fn nor_more_time() {
        let time = Duration::from_millis(1);
        let slow = confined(Allowance { time, ..ALLOWANCE }, || {
            thread::sleep(Duration::from_mins(1));
        });
        assert_eq!(slow.unwrap(), None);
    }

    #[test]
    fn what_was_exhausted_once_is_left_alone() {
        let confinement = Confinement::new(ALLOWANCE);
        let too_much = || vec![1_u8; 1 << 21].len();
        assert_eq!(confinement.run(LARGE, too_much).unwrap(), None);
        assert_eq!(confinement.run(1, || 1).unwrap(), Some(1));
        assert_eq!(confinement.run(1, too_much).unwrap(), None);
        assert_eq!(confinement.run(1, || 1).unwrap(), None);
    }

    #[test]
    fn a_panic_becomes_an_error() {
        let work = confined(ALLOWANCE, || panic!("on purpose"));
        assert!(matches!(work, Err(Error::Panicked { said }) if said == "on purpose"));
        let number = 3;
        let work = confined(ALLOWANCE, move || panic!("{number} times"));
        assert!(matches!(work, Err(Error::Panicked { said }) if said == "3 times"));
    }
}

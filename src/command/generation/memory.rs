//! The most memory that this process had at once, where the system tells. Nothing is limited or freed here.

/// The largest resident size of this process so far, or since it was last forgotten, in bytes.
///
/// Not `getrusage`: to that, a process is as large as the one that started it was.
#[cfg(target_os = "linux")]
pub(in crate::command) fn peak() -> Option<u64> {
    let status = fs_err::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    kibibytes.checked_mul(1024)
}

/// Likewise; other systems tell only by ways that are not safe.
#[cfg(not(target_os = "linux"))]
pub(in crate::command) fn peak() -> Option<u64> {
    None
}

/// Lets the peak begin anew, where the system can (`man 5 proc`, `clear_refs`).
pub(in crate::command) fn forget_peak() {
    #[cfg(target_os = "linux")]
    {
        // Where it cannot be forgotten, the peak is that of all that came before, too.
        _ = fs_err::write("/proc/self/clear_refs", "5");
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    #[test]
    fn the_peak_is_of_what_was_used_and_is_gone() {
        let large = vec![1_u8; 64 << 20];
        let length = large.len() as u64;
        drop(large);
        assert!(super::peak().unwrap() > length);
    }
}

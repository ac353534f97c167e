//! What only shows with large models: memory.
#![cfg(target_os = "linux")]

use crate::support::fake::Generation;
use crate::support::phi3_tiny;
use crate::support::scene::Scene;

const GIBIBYTE: u64 = 1024 * 1024 * 1024;
const MEGABYTE: u64 = 1_000_000;

#[test]
fn a_gibibyte_goes_through_64_megabytes() {
    let scene = Scene::fake(Generation::Three);
    let folder = scene.context.copy_of(&phi3_tiny(), "large");
    // A hole: as long as a large model to every reader, and nothing on the disk.
    fs_err::File::create(folder.join("extra.bin"))
        .unwrap()
        .set_len(GIBIBYTE)
        .unwrap();
    let mut run = scene
        .context
        .phi3ml(["log-model", "large", "-o", "json"])
        .start();
    let mut peak = 0;
    while run.is_running() {
        peak = peak_memory(run.id()).unwrap_or_default().max(peak);
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    let told = run.finish().expect_success().json();
    assert!(told["bytes"].as_u64().unwrap() > GIBIBYTE, "{told}");
    assert!(
        peak > 0 && peak < 64 * MEGABYTE,
        "{} MB at its highest",
        peak / MEGABYTE
    );
}

/// The most memory a process has held so far, as the kernel counts it; none once it has ended.
fn peak_memory(id: u32) -> Option<u64> {
    let status = fs_err::read_to_string(format!("/proc/{id}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kibibytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kibibytes * 1024)
}

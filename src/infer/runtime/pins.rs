//! The published libraries that may be installed, by platform. Plain data.
//!
//! Digests of the library files inside the wheels `onnxruntime-1.31.1-cp312-…` of `PyPI`; the file is the
//! same in the wheels for all versions of Python. There is no wheel for macOS on Intel.

/// A platform's published library.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pin {
    os: &'static str,
    architecture: &'static str,
    /// What `pip download --platform` calls it.
    pub(super) platform: &'static str,
    /// The name of the library inside the wheel, below `onnxruntime/capi/`.
    pub(super) file: &'static str,
    /// Its SHA-256.
    pub(super) sha256: &'static str,
}

const PINS: [Pin; 5] = [
    Pin {
        os: "linux",
        architecture: "x86_64",
        platform: "manylinux_2_28_x86_64",
        file: "libonnxruntime.so.1.31.1",
        sha256: "fc44112fbe06d7d689c57e11d3862031f64711007e4ee020f8eed5185fd2c1d3",
    },
    Pin {
        os: "linux",
        architecture: "aarch64",
        platform: "manylinux_2_28_aarch64",
        file: "libonnxruntime.so.1.31.1",
        sha256: "8aa3b76b28c778a2b1dd660d34161adb1d508c9ccd04ff9dc80e26eca5df8467",
    },
    Pin {
        os: "macos",
        architecture: "aarch64",
        platform: "macosx_14_0_arm64",
        file: "libonnxruntime.1.31.1.dylib",
        sha256: "d586cbe89effc085a09d3341b3cfbd5c322517f9d397aeb20814af21433f2b36",
    },
    Pin {
        os: "windows",
        architecture: "x86_64",
        platform: "win_amd64",
        file: "onnxruntime.dll",
        sha256: "e45f61e50d8650885452be538a00bb14a715e46a1bc3691000ce947e89ed0306",
    },
    Pin {
        os: "windows",
        architecture: "aarch64",
        platform: "win_arm64",
        file: "onnxruntime.dll",
        sha256: "dc9e2fe646a72829386a24ac9185a7a4e26d7dbe5dc433d41df063603c00bbc7",
    },
];

/// This machine's library.
pub(super) fn here() -> Option<Pin> {
    PINS.into_iter()
        .find(|pin| pin.os == std::env::consts::OS && pin.architecture == std::env::consts::ARCH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_are_digests() {
        for pin in PINS {
            pin.sha256.parse::<crate::digest::Digest>().unwrap();
        }
    }
}

//! The executable: everything is in the library.

fn main() {
    phi3ml::infer::leave(phi3ml::cli::main())
}

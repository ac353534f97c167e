//! Makes signature and example of a model agree: the one is inferred from the other where nobody gave it, and what
//! does not fit is refused.
//!
//! It writes neither.

use super::flavor::Draft;
use super::schema::ModelSignature;
use super::{Choice, Error, Options};

/// Completes the signature of `draft`, and checks its example against it.
pub(super) fn settle(draft: &mut Draft, options: &Options) -> Result<(), Error> {
    let Some(example) = &draft.example else {
        return Ok(());
    };
    if draft.signature.is_none() && options.signature == Choice::OfTask {
        let inferred = example.signature()?;
        draft.warnings.extend(inferred.warnings);
        draft.signature = Some(inferred.signature.to_value()?);
        return Ok(());
    }
    let Some(signature) = &draft.signature else {
        return Ok(());
    };
    let signature = ModelSignature::read(signature);
    let findings = example.check(&signature.map_err(|source| Error::BadSignature { source })?);
    if let Some(source) = findings.worst() {
        return Err(Error::Misfit {
            source: source.clone(),
        });
    }
    for finding in &findings.refused {
        draft.warnings.push(format!(
            "in the input example {finding}: Python's own `predict` refuses that, a scoring server converts it"
        ));
    }
    for name in &findings.ignored {
        draft.warnings.push(format!(
            "the signature does not name `{name}` of the input example: MLflow leaves it out"
        ));
    }
    Ok(())
}

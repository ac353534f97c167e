//! Numbers in their course, drawn with the dots of Braille: eight to a character.

use std::io::{self, Write};

use super::{Page, STRONG};
use crate::command::Plot;
use crate::term::human;

/// Lines of the drawing.
const HEIGHT: usize = 12;
/// Characters of a line where no terminal says how many there are.
const WIDTH: usize = 80;
/// Room for the numbers at the left.
const MARGIN: usize = 12;

/// The bits of the dots of one character, by row and column (Unicode 16, chapter 21.1).
const DOTS: [[u32; 2]; 4] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]];
const EMPTY: u32 = 0x2800;

pub(super) fn write(plot: &Plot, width: Option<u16>, out: &mut Page<'_>) -> io::Result<()> {
    let shown: Vec<(i64, f64)> = finite(&plot.points);
    out.styled(STRONG, &plot.title)?;
    writeln!(out)?;
    let (Some(x), Some(y)) = (
        span(&shown, |point| to_float(point.0)),
        span(&shown, |point| point.1),
    ) else {
        return writeln!(out, "  nothing to draw");
    };
    let columns = width
        .map_or(WIDTH, usize::from)
        .saturating_sub(MARGIN + 1)
        .max(10);
    let grid = draw(&shown, columns, x, y);
    for (index, line) in grid.iter().enumerate() {
        let label = match index {
            0 => human::short(y.1),
            _ if index + 1 == HEIGHT => human::short(y.0),
            _ => String::new(),
        };
        let line: String = line
            .iter()
            .filter_map(|bits| char::from_u32(EMPTY | bits))
            .collect();
        writeln!(
            out,
            "{label:>MARGIN$} {}",
            line.trim_end_matches('\u{2800}')
        )?;
    }
    let (first, last) = (x.0.to_string(), x.1.to_string());
    let gap = columns.saturating_sub(first.len());
    writeln!(out, "{:MARGIN$} {first}{last:>gap$}", "")?;
    let left_out = plot.points.len() - shown.len();
    if left_out > 0 {
        writeln!(
            out,
            "{:MARGIN$} {} not drawn: NaN or infinite",
            "",
            human::count(left_out as u64, "point")
        )?;
    }
    Ok(())
}

fn finite(points: &[(i64, f64)]) -> Vec<(i64, f64)> {
    // A server keeps an infinity as the largest number there is (`sanitize_metric_value`, 2.22 and 3.17).
    let is_drawn = |value: f64| value.is_finite() && value.abs() < f64::MAX;
    points
        .iter()
        .copied()
        .filter(|point| is_drawn(point.1))
        .collect()
}

/// The smallest and the largest.
fn span(points: &[(i64, f64)], value: impl Fn(&(i64, f64)) -> f64) -> Option<(f64, f64)> {
    let values = || points.iter().map(&value);
    let (least, most) = (values().reduce(f64::min)?, values().reduce(f64::max)?);
    Some((least, most))
}

/// One dot for each point.
fn draw(points: &[(i64, f64)], columns: usize, x: (f64, f64), y: (f64, f64)) -> Vec<Vec<u32>> {
    let mut grid = vec![vec![0; columns]; HEIGHT];
    for (step, value) in points {
        let across = place(to_float(*step), x, columns * 2);
        let up = place(*value, y, HEIGHT * 4);
        let down = HEIGHT * 4 - 1 - up;
        let bits = DOTS.get(down % 4).and_then(|row| row.get(across % 2));
        let character = grid
            .get_mut(down / 4)
            .and_then(|line| line.get_mut(across / 2));
        if let (Some(character), Some(bits)) = (character, bits) {
            *character |= bits;
        }
    }
    grid
}

/// Which of `count` places a value falls into; the middle, if all are equal.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a place in a drawing is small and not negative"
)]
fn place(value: f64, (least, most): (f64, f64), count: usize) -> usize {
    let share = if most > least {
        // Halved first: the difference of two large numbers may be none.
        (value / 2.0 - least / 2.0) / (most / 2.0 - least / 2.0)
    } else {
        0.5
    };
    (share * (count - 1) as f64).round() as usize
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a place in a drawing needs no more"
)]
fn to_float(step: i64) -> f64 {
    step as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(points: &[(i64, f64)]) -> String {
        let mut out = Vec::new();
        let plot = Plot {
            title: "loss".to_owned(),
            points: points.to_vec(),
        };
        write(&plot, Some(40), &mut Page::new(&mut out)).unwrap();
        anstream::adapter::strip_str(&String::from_utf8(out).unwrap()).to_string()
    }

    #[test]
    fn a_falling_line_falls() {
        let points: Vec<_> = (0..100).map(|step| (step, 0.0 - to_float(step))).collect();
        let text = drawn(&points);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), HEIGHT + 2, "{text}");
        assert!(lines[1].trim_start().starts_with("0 ⠙"), "{text}");
        assert!(lines[HEIGHT].trim_start().starts_with("-99"), "{text}");
        assert!(lines[HEIGHT + 1].ends_with("99"), "{text}");
    }

    #[test]
    fn what_cannot_be_drawn_is_counted() {
        assert!(drawn(&[]).contains("nothing to draw"));
        let text = drawn(&[(0, 1.0), (1, f64::NAN), (2, f64::MAX)]);
        assert!(text.contains("2 points not drawn"), "{text}");
    }
}

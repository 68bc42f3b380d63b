//! Where a diagram that is larger than a page is cut: between its lanes into parts of like width, and between its shapes
//! into parts of like height.

use crate::diagram::Picture;
use crate::diagram::layout::Rect;
use std::ops::Range;

/// Pixels that a cut is moved by to find a place between shapes.
const STEP: usize = 4;

/// The lanes that are shown beside each other, from and to, where so many pixels fit on a page.
pub(super) fn lanes(picture: &Picture, most: i32) -> Vec<(i32, i32)> {
    let layout = &picture.layout;
    let margin = margin(picture);
    if layout.width <= most {
        return vec![(margin, layout.width)];
    }
    let widths: Vec<i32> = layout.lanes.iter().map(|(_, width)| *width).collect();
    let part = |lanes: Range<usize>| Some((layout.lanes.get(lanes.start)?.0, layout.lanes.get(lanes.end - 1)?));
    let parts = even(&widths, most - margin).into_iter().filter_map(part);
    parts.map(|(left, (last, width))| (left, last + width)).collect()
}

/// How much stands at the left of the lanes.
pub(super) fn margin(picture: &Picture) -> i32 {
    picture.layout.lanes.first().map_or(0, |(x, _)| *x)
}

/// Neighbours in parts of at most so much together, as few parts as there can be and as even as they can be; what is more by
/// itself is a part by itself.
fn even(widths: &[i32], most: i32) -> Vec<Range<usize>> {
    // By how many of the widths are in parts: the fewest parts, the sum of their squares, where the last one begins.
    // Of as many parts of the same whole the most even have the least squares.
    let mut best: Vec<(usize, i64, usize)> = vec![(0, 0, 0)];
    for end in 1..=widths.len() {
        let mut sum = 0;
        let mut found: Option<(usize, i64, usize)> = None;
        for start in (0..end).rev() {
            sum += i64::from(widths[start]);
            if sum > i64::from(most) && start + 1 < end {
                break;
            }
            let (parts, squares, _) = best[start];
            let with = (parts + 1, squares + sum * sum, start);
            found = Some(found.map_or(with, |known| known.min(with)));
        }
        best.extend(found);
    }
    let mut parts = Vec::new();
    let mut end = widths.len();
    while end > 0 {
        let start = best[end].2;
        parts.push(start..end);
        end = start;
    }
    parts.reverse();
    parts
}

/// How many times so much goes into a height, rounded up.
pub(super) fn count(height: i32, most: i32) -> i32 {
    let (height, most) = (height.max(1), most.max(1));
    height / most + i32::from(height % most > 0)
}

/// What is shown below each other, from and to, beginning at `from`, where so many pixels fit on a page.
pub(crate) fn rows(picture: &Picture, mut from: i32, most: i32) -> Vec<(i32, i32)> {
    let most = most.max(1);
    let mut rows = Vec::new();
    while from < picture.layout.height {
        let rest = picture.layout.height - from;
        let to = if rest <= most { picture.layout.height } else { cut(picture, from, rest, most) };
        rows.push((from, to));
        from = to;
    }
    rows
}

/// A place within reach that cuts no shape and no label: that at which the parts are alike, else one below, which leaves
/// no more pages, else one above.
fn cut(picture: &Picture, from: i32, rest: i32, most: i32) -> i32 {
    let labels = picture.layout.edges.iter().filter_map(|route| route.label.as_ref());
    let rects: Vec<&Rect> = picture.layout.nodes.iter().chain(labels).collect();
    let free = |y: &i32| !rects.iter().any(|rect| rect.y < *y && *y < rect.y + rect.height);
    let alike = from + count(rest, count(rest, most));
    let below = (alike..=from + most).step_by(STEP);
    let above = (from + most / 2..alike).rev().step_by(STEP);
    below.chain(above).find(free).unwrap_or(from + most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_as_few_and_as_even_as_they_can_be() {
        let parts = |widths: &[i32], most| even(widths, most).into_iter().map(|part| part.len()).collect::<Vec<_>>();
        assert_eq!(parts(&[100, 100, 100, 100], 300), [2, 2]);
        assert_eq!(parts(&[100, 100, 100, 100, 100, 100, 100], 300), [2, 2, 3]);
        assert_eq!(parts(&[600, 500, 240, 240, 240], 1000), [1, 1, 3]);
        assert_eq!(parts(&[900, 50, 50], 500), [1, 2]);
        assert_eq!(parts(&[], 500), [0; 0]);
    }
}

//! A way through a picture: the lines between the steps that a finding names.

use super::Picture;
use crate::source::Place;
use std::collections::{BTreeMap, VecDeque};

/// Corners of a line.
type Corners = Vec<(i32, i32)>;

/// The way from the start through these steps, those that the picture does not have left out: lines, and the borders
/// of the steps.
pub(super) fn way(picture: &Picture, steps: &[Place]) -> Vec<Corners> {
    let shape = |place: &Place| picture.shapes.iter().position(|shape| shape.place == Some(*place));
    let shapes: Vec<usize> = steps.iter().filter_map(shape).collect();
    let mut found: Vec<Corners> = shapes.iter().filter_map(|shape| border(picture, *shape)).collect();
    for (from, to) in [0].iter().chain(&shapes).zip(&shapes) {
        let lines = lines_between(picture, *from, *to);
        found.extend(lines.iter().filter_map(|line| Some(picture.layout.edges.get(*line)?.points.clone())));
    }
    found
}

fn border(picture: &Picture, shape: usize) -> Option<Corners> {
    let rect = picture.layout.nodes.get(shape)?;
    let (left, top, right, bottom) = (rect.x, rect.y, rect.x + rect.width, rect.y + rect.height);
    Some(vec![(left, top), (right, top), (right, bottom), (left, bottom), (left, top)])
}

/// The fewest lines that lead from one shape to another without another step between; nothing where none do.
fn lines_between(picture: &Picture, from: usize, to: usize) -> Vec<usize> {
    // By shape: the line that leads to it.
    let mut reached: BTreeMap<usize, usize> = BTreeMap::new();
    let mut waiting = VecDeque::from([from]);
    while let Some(at) = waiting.pop_front() {
        for (number, line) in picture.lines.iter().enumerate().filter(|(_, line)| line.from == at) {
            if reached.contains_key(&line.to) {
                continue;
            }
            reached.insert(line.to, number);
            if line.to == to {
                return back(picture, &reached, from, to);
            }
            if picture.shapes[line.to].place.is_none() {
                waiting.push_back(line.to);
            }
        }
    }
    Vec::new()
}

fn back(picture: &Picture, reached: &BTreeMap<usize, usize>, from: usize, to: usize) -> Vec<usize> {
    let mut lines = Vec::new();
    let mut at = to;
    while let Some(line) = reached.get(&at) {
        lines.push(*line);
        at = picture.lines[*line].from;
        if at == from {
            break;
        }
    }
    lines
}

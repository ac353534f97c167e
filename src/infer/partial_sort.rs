//! The likeliest to the front, as `std::partial_sort` of GCC's library does it: with a heap of the first ones, whose
//! least likely makes way, and which is taken apart at the end.
//!
//! Among equals, of which numbers of 16 bits make many, that leaves an order of its own, and what onnxruntime-genai
//! chooses depends on it. Knows nothing of tokens.

/// Sorts the `count` heaviest to the front.
pub(super) fn sort_first<T>(all: &mut [T], count: usize, weight: fn(&T) -> f32) {
    let (heap, others) = all.split_at_mut(count.min(all.len()));
    heapify(heap, weight);
    for other in others {
        if let Some(least) = heap.first_mut()
            && weight(other) > weight(least)
        {
            std::mem::swap(other, least);
            sink(heap, 0, weight);
        }
    }
    take_apart(heap, weight);
}

/// The heaviest of many that are not kept; they come one by one.
#[derive(Debug)]
pub(super) struct First<T> {
    heap: Vec<T>,
    count: usize,
    weight: fn(&T) -> f32,
}

impl<T> First<T> {
    /// So many of them.
    pub(super) fn new(count: usize, weight: fn(&T) -> f32) -> Self {
        Self {
            heap: Vec::with_capacity(count),
            count,
            weight,
        }
    }

    pub(super) fn offer(&mut self, other: T) {
        if self.heap.len() < self.count {
            self.heap.push(other);
            if self.heap.len() == self.count {
                heapify(&mut self.heap, self.weight);
            }
        } else if let Some(least) = self.heap.first_mut()
            && (self.weight)(&other) > (self.weight)(least)
        {
            *least = other;
            sink(&mut self.heap, 0, self.weight);
        }
    }

    /// From the heaviest down.
    pub(super) fn sorted(mut self) -> Vec<T> {
        if self.heap.len() < self.count {
            heapify(&mut self.heap, self.weight);
        }
        take_apart(&mut self.heap, self.weight);
        self.heap
    }
}

/// Puts the least heavy in front, and below each place what is not less heavy.
fn heapify<T>(heap: &mut [T], weight: fn(&T) -> f32) {
    for parent in (0..heap.len() / 2).rev() {
        sink(heap, parent, weight);
    }
}

fn take_apart<T>(heap: &mut [T], weight: fn(&T) -> f32) {
    for end in (1..heap.len()).rev() {
        heap.swap(0, end);
        sink(heap.get_mut(..end).unwrap_or_default(), 0, weight);
    }
}

/// Lets what is at `start` sink to the bottom, always past the less heavy child, of equal ones the second, and rise
/// again to where it is not less heavy than its parent.
#[expect(
    clippy::indexing_slicing,
    reason = "every place is that of a child or parent in the heap"
)]
fn sink<T>(heap: &mut [T], start: usize, weight: fn(&T) -> f32) {
    let mut place = start;
    while 2 * place + 1 < heap.len() {
        let (left, right) = (2 * place + 1, 2 * place + 2);
        let is_left = right == heap.len() || weight(&heap[right]) > weight(&heap[left]);
        let child = if is_left { left } else { right };
        heap.swap(place, child);
        place = child;
    }
    while place > start {
        let parent = (place - 1) / 2;
        if weight(&heap[parent]) <= weight(&heap[place]) {
            break;
        }
        heap.swap(place, parent);
        place = parent;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_does_not_matter_whether_they_come_one_by_one(
            weights in proptest::collection::vec(0_u8..6, 0..80),
            count in 0_usize..20,
        ) {
            let weight = |(_, weight): &(usize, f32)| *weight;
            let mut all: Vec<_> = weights.iter().copied().map(f32::from).enumerate().collect();
            let mut first = First::new(count, weight);
            for one in &all {
                first.offer(*one);
            }
            sort_first(&mut all, count, weight);
            all.truncate(count);
            prop_assert!(all.is_sorted_by(|a, b| a.1 >= b.1));
            prop_assert_eq!(first.sorted(), all);
        }
    }
}

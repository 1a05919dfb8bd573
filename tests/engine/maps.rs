//! The engine's maps and sets hold the same, in the same order and written in the same way, as those of Rust's own library.

use std::collections::{BTreeMap, BTreeSet};

use anteroom::engine::map::{Map, Set};
use proptest::prelude::*;

use crate::support::cases;

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn a_map_is_as_a_b_tree_is(put in prop::collection::vec(("[a-e]{0,2}", 0..9_u8), 0..40), taken in "[a-e]{0,2}") {
        let mut theirs = BTreeMap::new();
        let mut ours = Map::new();
        prop_assert_eq!(serde_json::to_string(&ours as &Map<String, u8>).unwrap(), "{}");
        for (key, value) in put.clone() {
            prop_assert_eq!(ours.insert(key.clone(), value), theirs.insert(key, value));
        }
        prop_assert_eq!(&ours, &put.into_iter().collect::<Map<_, _>>());
        prop_assert_eq!(ours.get_key_value(taken.as_str()), theirs.get_key_value(taken.as_str()));
        prop_assert_eq!(ours.remove(taken.as_str()), theirs.remove(taken.as_str()));
        let halves = |_: &String, value: &mut u8| {
            *value += 1;
            value.is_multiple_of(2)
        };
        ours.retain_mut(halves);
        theirs.retain(halves);
        let text = serde_json::to_string(&theirs).unwrap();
        prop_assert_eq!(&serde_json::to_string(&ours).unwrap(), &text);
        prop_assert_eq!(&serde_json::from_str::<Map<String, u8>>(&text).unwrap(), &ours);
        for value in ours.values_mut() {
            *value = 0;
        }
        prop_assert!(ours.clone().into_values().all(|value| value == 0));
        prop_assert!(ours.into_iter().map(|(key, _)| key).eq(theirs.into_keys()));
    }

    #[test]
    fn a_set_is_as_a_b_tree_is(put in prop::collection::vec("[a-e]{0,2}", 0..40), other in "[a-e]{0,2}") {
        let mut theirs = BTreeSet::new();
        let mut ours = Set::new();
        prop_assert_eq!(serde_json::to_string(&ours as &Set<String>).unwrap(), "[]");
        for one in put {
            prop_assert_eq!(ours.insert(one.clone()), theirs.insert(one));
        }
        prop_assert_eq!(ours.get(other.as_str()), theirs.get(other.as_str()));
        prop_assert_eq!(Set::from([other.clone()]).is_subset(&ours), theirs.contains(&other));
        prop_assert_eq!(ours.remove(other.as_str()), theirs.remove(other.as_str()));
        ours.retain(|one| !one.contains('c'));
        theirs.retain(|one| !one.contains('c'));
        let text = serde_json::to_string(&theirs).unwrap();
        prop_assert_eq!(&serde_json::to_string(&ours).unwrap(), &text);
        prop_assert_eq!(&serde_json::from_str::<Set<String>>(&text).unwrap(), &ours);
        prop_assert!(ours.iter().eq(theirs.iter()));
        prop_assert_eq!(ours.len(), theirs.len());
    }
}

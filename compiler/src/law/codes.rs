//! Codes of procedures and agencies: their form, and what is only dirt of printing in them.
//!
//! A procedure: `1.009645`, with its agency's code behind it `1.009645.H05` or `1.009645.000.00.00.H05`. An agency:
//! groups from the first level down (`H05.08`, Decision 20/2020/QĐ-TTg), or from the last level up
//! (`000.00.08.H05`, QCVN 102:2016/BTTTT); an enterprise's is its business code.

/// Whether it is the code of a procedure.
pub fn is_procedure(code: &str) -> bool {
    let groups: Vec<&str> = code.split('.').collect();
    let (head, tail) = groups.split_at(groups.len().min(2));
    let headed = matches!(head, [first, number]
        if first.len() == 1 && !first.starts_with('0') && is_digits(first, 1) && is_digits(number, 6));
    headed && (tail.is_empty() || matches!(tail, [level] if is_first_level(level)) || is_long(tail))
}

/// The code that is meant, where only blanks, stray marks, small letters or a misplaced point stand in the way.
pub fn mended_procedure(code: &str) -> Option<String> {
    let kept: String = code.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '.').collect();
    let kept = kept.trim_matches('.').to_uppercase();
    if is_procedure(&kept) {
        return Some(kept);
    }
    // 1.013.788.H42: the number with its thousands apart.
    let groups: Vec<&str> = kept.split('.').collect();
    match groups.as_slice() {
        [first, a, b, rest @ ..] if is_digits(a, 3) && is_digits(b, 3) => {
            let mut joined = vec![(*first).to_string(), format!("{a}{b}")];
            joined.extend(rest.iter().map(|group| (*group).to_string()));
            Some(joined.join(".")).filter(|code| is_procedure(code))
        }
        _ => None,
    }
}

/// The province or ministry at the end of a procedure's code: `H05`.
pub fn suffix(code: &str) -> Option<&str> {
    code.rsplit('.').next().filter(|group| is_first_level(group))
}

/// Whether it is the code of an agency.
pub fn is_agency(code: &str) -> bool {
    let groups: Vec<&str> = code.split('.').collect();
    let each = |group: &&str| !group.is_empty() && group.chars().all(|c| c.is_ascii_digit() || c.is_ascii_uppercase());
    code.len() <= 35
        && (is_long(&groups) || is_first_level(groups[0]) && groups.iter().all(each) || is_enterprise(code))
}

/// The province or ministry that an agency belongs to.
pub fn first_level(code: &str) -> Option<&str> {
    let mut groups = code.split('.');
    groups
        .clone()
        .next()
        .filter(|group| is_first_level(group))
        .or(groups.next_back().filter(|group| is_first_level(group)))
}

/// A code without blanks and in capitals.
pub fn mended_agency(code: &str) -> Option<String> {
    let kept: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    Some(kept.trim_matches('.').to_uppercase()).filter(|kept| is_agency(kept))
}

/// `000.00.00.H05`
fn is_long(groups: &[&str]) -> bool {
    matches!(groups, [a, b, c, last] if is_digits(a, 3) && is_digits(b, 2) && is_digits(c, 2) && is_first_level(last))
}

fn is_enterprise(code: &str) -> bool {
    let (head, branch) = code.split_once('-').map_or((code, None), |(head, branch)| (head, Some(branch)));
    is_digits(head, 10) && branch.is_none_or(|branch| is_digits(branch, 3))
}

fn is_first_level(group: &str) -> bool {
    group.len() == 3 && group.starts_with(|c: char| c.is_ascii_uppercase()) && is_digits(&group[1..], 2)
}

fn is_digits(group: &str, count: usize) -> bool {
    group.len() == count && group.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_as_decisions_print_them() {
        for code in ["1.009645", "1.009645.H05", "1.002835.000.00.00.H56", "3.000527.H61"] {
            assert!(is_procedure(code), "{code}");
        }
        for code in ["1.9645", "0.009645", "1.009645.H5", "1.009645.00.H05", "1", "", "1.00964ộ"] {
            assert!(!is_procedure(code), "{code}");
        }
    }

    #[test]
    fn dirt_of_printing_is_taken_off() {
        let mended = |code| mended_procedure(code).unwrap_or_default();
        assert_eq!(mended("1.013.788.H42"), "1.013788.H42");
        assert_eq!(mended("1.003441. H42"), "1.003441.H42");
        assert_eq!(mended("2.000908.00 0.00.00.H61"), "2.000908.000.00.00.H61");
        assert_eq!(mended("1.003999__)__"), "1.003999");
        assert_eq!(mended("(2.001717)"), "2.001717");
        assert_eq!(mended("1.009645.h05"), "1.009645.H05");
        assert_eq!(mended_procedure("1.9645"), None);
    }

    #[test]
    fn codes_of_agencies_in_both_orders() {
        for code in ["H05", "H05.08", "000.00.08.H05", "0100109106", "0100109106-001", "H05.12.03"] {
            assert!(is_agency(code), "{code}");
        }
        for code in ["", "05.H", "H05..08", "h05.08", "H05.08/1", "H05.Sở"] {
            assert!(!is_agency(code), "{code}");
        }
        assert_eq!((first_level("H05.08"), first_level("000.00.08.H05")), (Some("H05"), Some("H05")));
        assert_eq!((suffix("1.009645.000.00.00.H56"), suffix("1.009645")), (Some("H56"), None));
    }
}

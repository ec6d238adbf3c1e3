#[allow(dead_code)]
#[path = "../../support/checkers/mod.rs"]
mod checkers;
#[path = "../targets/mod.rs"]
mod targets;

fn run(name: &str, data: &[u8]) {
    let target = targets::TARGETS.iter().find(|(own, _)| *own == name);
    target.unwrap().1(data);
}

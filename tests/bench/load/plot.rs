//! The shares of bare Envoy's throughput as a picture.

use std::fmt::Write;

use super::kit::variant::{BARE, CALLS, EMPTY, EVERYTHING, MINIMAL};
use super::measure::Results;
use super::plan::Scenario;

const BARS: [(usize, &str, &str); 4] = [
    (EMPTY, "two empty Wasm roles", "#b9c4cf"),
    (CALLS, "only its host calls", "#8fa9bf"),
    (MINIMAL, "Tollgate: parse, route, usage", "#5b8db8"),
    (EVERYTHING, "Tollgate: everything on", "#1f4e79"),
];

const LEFT: f64 = 56.0;
const TOP: f64 = 84.0;
const HEIGHT: f64 = 260.0;
const GROUP: f64 = 124.0;
const BAR: f64 = 26.0;

/// Grouped bars, one group for each scenario.
pub fn plot(results: &Results, scenarios: &[Scenario]) -> String {
    let right = LEFT + GROUP * scenarios.len() as f64;
    let (width, height) = ((right + 24.0).max(760.0), TOP + HEIGHT + 64.0);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
         height=\"{height}\" font-family=\"system-ui, sans-serif\" font-size=\"13\" fill=\"#222\">\n\
         <rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n\
         <text x=\"{LEFT}\" y=\"26\" font-size=\"16\" font-weight=\"600\">Requests per second, as a share of bare \
         Envoy's (one worker)</text>\n"
    );
    legend(&mut svg);
    grid(&mut svg, right);
    for (nth, scenario) in scenarios.iter().enumerate() {
        let middle = LEFT + GROUP * (nth as f64 + 0.5);
        let rate = |column| results.median((nth, Some(column), false), |it| it.rate);
        for (place, (column, _, colour)) in BARS.iter().enumerate() {
            let x = middle + BAR * (place as f64 - 2.0);
            bar(&mut svg, x, rate(*column) / rate(BARE), colour);
        }
        let y = TOP + HEIGHT + 20.0;
        line(&mut svg, middle, y, scenario.size.name);
        line(&mut svg, middle, y + 17.0, &scenario.reply.name());
    }
    svg + "</svg>\n"
}

fn legend(svg: &mut String) {
    let mut x = LEFT;
    for (_, name, colour) in BARS {
        let _ = writeln!(
            svg,
            "<rect x=\"{x}\" y=\"42\" width=\"12\" height=\"12\" rx=\"2\" fill=\"{colour}\"/>\
             <text x=\"{}\" y=\"53\">{name}</text>",
            x + 18.0
        );
        x += 46.0 + 6.9 * name.len() as f64;
    }
}

fn grid(svg: &mut String, right: f64) {
    for step in 0..=4 {
        let share = f64::from(step) / 4.0;
        let y = TOP + HEIGHT * (1.0 - share);
        let _ = writeln!(
            svg,
            "<line x1=\"{LEFT}\" x2=\"{right}\" y1=\"{y}\" y2=\"{y}\" stroke=\"#d5d9de\"/>\
             <text x=\"{}\" y=\"{}\" text-anchor=\"end\" fill=\"#666\">{share:.2}</text>",
            LEFT - 8.0,
            y + 4.0
        );
    }
}

fn bar(svg: &mut String, x: f64, share: f64, colour: &str) {
    if !share.is_finite() {
        return;
    }
    let tall = HEIGHT * share.clamp(0.0, 1.08);
    let y = TOP + HEIGHT - tall;
    let _ = writeln!(
        svg,
        "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{}\" height=\"{tall:.1}\" fill=\"{colour}\"/>\
         <text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\" font-size=\"11\">{share:.2}</text>",
        BAR - 3.0,
        x + BAR / 2.0 - 1.5,
        y - 4.0
    );
}

fn line(svg: &mut String, x: f64, y: f64, text: &str) {
    let _ = writeln!(
        svg,
        "<text x=\"{x}\" y=\"{y}\" text-anchor=\"middle\">{text}</text>"
    );
}

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::*;

fn image(width: u64, height: u64, detail: Detail) -> Media {
    Media::Image(Image {
        width,
        height,
        detail,
        seen: true,
    })
}

#[test]
fn images_count_as_their_providers_say() {
    let rows = [
        ("gpt-4o-2024-08-06", 1024, 1024, Detail::High, 765),
        ("gpt-4o", 2048, 4096, Detail::High, 1105),
        ("gpt-4.1", 4096, 8192, Detail::Low, 85),
        ("gpt-4o-mini", 512, 512, Detail::High, 8500),
        ("gpt-5", 512, 512, Detail::High, 210),
        ("gpt-4.1-mini", 1024, 1024, Detail::High, 1659),
        ("gpt-4.1-mini", 4000, 4000, Detail::High, 2489),
        ("unheard-of", 1, 1, Detail::High, 255),
    ];
    for (model, width, height, detail, tokens) in rows {
        let rule = ImageRule::of_openai(model);
        assert_eq!(
            image(width, height, detail).tokens(rule),
            tokens,
            "{model} {width}×{height}"
        );
    }
    assert_eq!(
        image(1092, 1092, Detail::High).tokens(ImageRule::Area),
        1590
    );
    assert_eq!(image(384, 384, Detail::High).tokens(ImageRule::Fixed), 258);
    assert_eq!(image(960, 540, Detail::High).tokens(ImageRule::Fixed), 516);
}

#[test]
fn sizes_are_read_from_the_first_bytes() {
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    png.extend(640_u32.to_be_bytes());
    png.extend(480_u32.to_be_bytes());
    png.extend(vec![0; 300_000]);
    let gif = [
        b"GIF89a".as_slice(),
        &320_u16.to_le_bytes(),
        &200_u16.to_le_bytes(),
        &[0; 20],
    ]
    .concat();
    for (bytes, size) in [(png, (640, 480)), (gif, (320, 200))] {
        let url = format!("data:image/any;base64,{}", STANDARD.encode(&bytes));
        let found = Image::at(&url, Detail::High);
        assert_eq!(
            (found.width, found.height, found.seen),
            (size.0, size.1, true)
        );
    }
    for url in [
        "https://example.com/a.png",
        "data:image/png;base64,AAAA",
        "data:,x",
        "",
    ] {
        assert_eq!(Image::at(url, Detail::High), Image::UNSEEN, "{url}");
    }
}

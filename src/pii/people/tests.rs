//! Dates of birth, addresses and names in many languages, and what looks like them.

use super::super::kind::Kind;
use super::super::tests::expect;
use super::birth;

#[test]
fn words_are_sorted() {
    assert!(birth::words().is_sorted());
}

#[test]
fn dates_of_birth() {
    expect(
        &[Kind::DateOfBirth],
        &[
            "DOB: «03/12/1984»",
            "dob=«1984-03-12»,",
            "Date of Birth: «12.03.1984».",
            "born on «12 March 1984» in York",
            "She was born «March 12, 1984».",
            "born on the «12th of March, 1984»",
            "geboren am «12. März 1984»",
            "Geburtsdatum: «12.3.84»",
            "né le «12 mars 1984»",
            "date de naissance : «12/03/1984»",
            "nacida el «12 de marzo de 1984»",
            "nato il «12 marzo 1984»",
            "data de nascimento: «12/03/1984»",
            "geboortedatum «12-03-1984»",
            "urodzony «12 marca 1984»",
            "дата рождения: «12.03.1984»",
            "出生日期：«1984年3月12日»",
            "생년월일 «1984년 3월 12일»",
            "birthdate «19840312»",
            "«1984-03-12» (DOB)",
        ],
        &[
            "12/03/1984",
            "born in 1984",
            "born to run 12/45/1984",
            "due date 12.03.1984",
            "version 1.2.84",
            "birthday order 4711-12-12",
            "born on 3.12.4",
        ],
    );
}

#[test]
fn addresses() {
    expect(
        &[Kind::Address],
        &[
            "I live at «1600 Pennsylvania Ave NW, Washington, DC 20500».",
            "«221B Baker Street, London NW1 6XE»",
            "Ship to «350 Fifth Avenue, Suite 3300, New York, NY 10118» please",
            "«12 Main St»",
            "«100 Queen Street West, Toronto, ON M5H 2N2»",
            "«1 Macquarie Street, Sydney NSW 2000»",
            "wohnhaft «Hauptstraße 5, 10115 Berlin»",
            "«Lange Straße 12a, 70173 Stuttgart»",
            "«Bahnhofstrasse 21, 8001 Zürich»",
            "«12 rue de la Paix, 75002 Paris»",
            "«5 bis avenue Victor Hugo, 69002 Lyon»",
            "«Via Roma 12, 00184 Roma»",
            "«Calle de Alcalá, 45, 28014 Madrid»",
            "«Rua Augusta, 1500, São Paulo»",
            "«ul. Marszałkowska 10/12, 00-590 Warszawa»",
            "«Keizersgracht 174, 1016 DW Amsterdam»",
            "«Drottninggatan 71, 111 36 Stockholm»",
            "地址：«北京市朝阳区建国路88号»",
            "住所は«東京都千代田区千代田1-1»です",
        ],
        &[
            "5 ways to park",
            "in 12 Days of Christmas",
            "3 Way Match",
            "chapter 12 Main",
            "version 5 is out",
            "10 Downing",
            "the 2026 Street Food festival",
            "Figure 5",
            "via 10 hops",
            "Copyright 1997, Thomas G. Lane",
            "12 Apples Oranges Pears",
            "He scored 5 in 1984.",
        ],
    );
}

#[test]
fn names() {
    expect(
        &[Kind::Person],
        &[
            "my name is «Dan»",
            "They call me Mr. «Mayers».",
            "Dear «Alice», thank you",
            "Dear Dr. «Smith»,",
            "«John Smith» called about the invoice.",
            "«Richard M. Nixon» resigned",
            "ich heiße «Björn Müller»",
            "je m'appelle «Camille»",
            "me llamo «Lucía Gómez»",
            "Frau «Schneider» kommt",
            "From: «Priya Sharma» <p@example.com>",
            "Best regards,\n«Maria Garcia»",
            "I'm «Sarah» from sales",
            "«Ludwig van Beethoven»",
            "Hi «Tom», are you there",
            "«Anne-Marie O'Neil»'s desk",
        ],
        &[
            "Will The Committee meet",
            "Dear Sir or Madam",
            "Hello World",
            "New York is large",
            "May Day",
            "The Grace Period ends",
            "Paris Agreement",
            "Rust Programming Language",
            "To: all staff",
            "Mark Up the text",
            "HTTP API",
        ],
    );
}

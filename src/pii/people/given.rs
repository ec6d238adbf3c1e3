//! Given names, written from general knowledge: the most frequent of the countries that write in Latin letters.

use super::list;

/// The names by their first letter, lower case, sorted, a space on both sides of each.
#[rustfmt::skip]
const NAMES: [&str; 26] = [
    " aaron abby abdul abdullah abel abigail abraham ada adam adel adele adrian adriana adrien agata agnes \
     agnieszka ahmad ahmed aiden aisha akira alain alan alba albert alberto alejandra alejandro aleksander \
     aleksandra alessandra alessandro alessia alessio alex alexa alexander alexandra alexandre alexandru alexei \
     alexia alexis alfonso alfred alfredo ali alice alicia alina alison allan allen allison alma alvaro alyssa \
     amanda amber amelia amelie amina amir amit amrita amy ana anastasia anders andre andrea andreas andreea \
     andrei andrej andres andrew andrey andrzej andy angel angela angelica angelina angelo angie anil anita anja \
     anjali ankit ann anna annabelle anne anneke annette annie annika ansel anthony antje anton antonella antonia \
     antonio antony anya april archie ariana arianna ariel arjun arlene armando arnaud arnold arthur arturo arun \
     arvid asha ashley ashok astrid aubrey audrey august aurelie aurora austin ava axel ayesha aylin ayse ",
    " barbara barry bart bartosz basil beata beatrice beatriz becky belinda bella ben benedikt benjamin bennett \
     benoit bernadette bernard bernardo bernd bernhard bert beth bethany betty beverly bianca bill billy birgit \
     bjorn blake bob bobby bogdan bonnie boris brad bradley brandon brenda brendan brent bret brett brian briana \
     brianna bridget brigitte brittany bronwyn brooke bruce bruno bryan bryce burak ",
    " caleb callum calvin cameron camila camilla camille candice carl carla carlo carlos carlton carly carmen \
     carol carole carolina caroline carolyn carrie carsten carter casey cassandra catalina catarina caterina \
     catherine cathy cecile cecilia cedric celeste celia celine cesar chad chantal charlene charles charlie \
     charlotte chase chelsea chen cheryl chiara chloe chris christa christian christiane christina christine \
     christoph christophe christopher christy chuck ciara cindy claire clara clarence clarissa claude claudia \
     claudio claus clayton clement clifford clint clive cody colette colin colleen conner connie connor conor \
     conrad constance constantin cora corey corinne cornelia cory courtney craig cristian cristiano cristina \
     crystal curtis cynthia cyril ",
    " daisuke daisy dale damian damien dan dana daniel daniela daniele danielle danilo danny daphne daria dario \
     darius darlene darren darryl dave david davide dawid dawn dean deanna debbie deborah debra deepak deepika \
     deirdre delphine denis denise dennis derek derrick desmond devin devon diana diane dick diego dieter dietmar \
     dilip dimitri dina dinesh dirk dmitri dmitry dolores dominic dominik dominique don donald donna doris \
     dorothea dorothy doug douglas dragan drew duncan dustin dwayne dwight dylan ",
    " eamon earl ebony eddie edgar edith edmund eduard eduardo edward edwin eileen ekaterina elaine eleanor elena \
     eleni eleonora eli elias elif elijah elina eliot elisa elisabeth elise eliza elizabeth ella ellen ellie \
     elliot elliott elmer elodie elsa elsie elvira emanuel emanuele emil emilia emiliano emilie emilio emily emma \
     emmanuel emmanuelle emre enrico enrique enzo eric erica erich erik erika erin ernest ernesto ernst erwin \
     esmeralda esperanza esteban estelle esther ethan etienne eugene eugenia eugenio eva evan evelyn evgeny ewa \
     ezra ",
    " fabian fabiana fabien fabio fabrice fabrizio faith farah farid fatima fatma federica federico felicia \
     felicity felipe felix ferdinand fernanda fernando fiona flavia flavio flora florence florian floyd frances \
     francesca francesco francine francis francisca francisco franco francois francoise frank frankie franz fred \
     freddie frederic frederick frederik fredrik freya frida frieda friedrich fritz ",
    " gabriel gabriela gabriele gabriella gabrielle gael gail galina ganesh gareth garrett gary gaurav gavin gayle \
     gemma gene genevieve geoff geoffrey georg george georges georgia georgina gerald geraldine gerard gerardo \
     gerd gerhard german gert giacomo gianluca gianni gilbert gilberto giles gina giorgia giorgio giovanna \
     giovanni gisela giulia giuliano giulio giuseppe gladys glen glenn gloria gonzalo gordon grace graham grant \
     greg gregor gregory greta gretchen grzegorz guadalupe guido guillaume guillermo gunter gustav gustavo guy \
     gwen gwendolyn ",
    " haley hamid hana hanna hannah hannes hans harald harold harriet harrison harry haruki haruto harvey hasan \
     hassan hazel heather hector heidi heike heiko heinrich heinz helen helena helene helga helmut hendrik henk \
     henri henrik henry herbert herman hermann hilary hilda hiroko hiroshi holger holly horst howard hubert hugh \
     hugo humberto hunter hussein hyun ",
    " ian ibrahim ida ignacio igor ilaria ilse imran ines inga ingeborg ingo ingrid inna irena irene irina iris \
     irma isaac isabel isabella isabelle isaiah ismael ismail ivan ivana ivo ivy iwona izabela ",
    " jack jackie jackson jacob jacqueline jacques jade jaime jake jakob jakub james jamie jan jana jane janet \
     janice janina janine jared jarek jaroslav jasmin jasmine jason jasper javier jay jean jeanette jeanne jeff \
     jeffery jeffrey jelena jenna jennifer jenny jens jeremiah jeremy jerome jerry jerzy jesper jess jesse jessica \
     jessie jesus jill jim jimmy jin joachim joan joana joanna joanne joao joaquin jocelyn jochen jody joe joel \
     joerg johan johanna johannes john johnny jon jonas jonathan jordan jorg jorge jose josef josefina joseph \
     josephine josh joshua joy joyce juan juana juanita judith judy jules julia julian juliana julie julien juliet \
     juliette julio julius june jung jurgen justin justine justyna jyoti ",
    " kai kamal kamil kamila karen karim karin karina karl karla karolina kasia katarina katarzyna kate katherine \
     kathleen kathrin kathryn kathy katie katja katrin katrina kavita kay kayla kazuki keith kelly kelsey ken \
     kenji kenneth kenny kent kerry kerstin kevin khadija khaled khalid kieran kim kimberly kiran kirsten klaas \
     klaus konrad konstantin kris krishna kristen kristian kristin kristina kristof krystyna krzysztof kumar kurt \
     kyle kylie ",
    " lakshmi lance lara larissa larry lars laszlo latoya laura lauren laurence laurent laurie lawrence lea leah \
     leanne lee leif leila lena lenka leo leon leona leonard leonardo leonid leonie leroy lesley leslie leticia \
     lewis li liam lidia lila lili lillian lily lin lina linda lindsay lindsey ling lionel lisa lise liz liza \
     lloyd logan lois lola lorena lorenz lorenzo loretta lori lorraine lothar lou louis louisa louise luc luca \
     lucas lucia luciana luciano lucie lucinda lucy ludovic ludwig luigi luis luisa luka lukas lukasz luke luz \
     lydia lyle lynn lyudmila ",
    " mabel maciej mackenzie madeleine madeline madison magda magdalena magnus mahmoud maja malcolm malgorzata \
     malik mandy manfred manish manoj manon manuel manuela marc marcel marcela marcello marcelo marcia marcin \
     marco marcos marcus marek margaret margarita margit margot marguerite maria mariana marianne maribel marie \
     marieke mariella marija marilyn marina mario marion marisa marisol marissa marius mariusz marjorie mark \
     markus marlene marlon marta martha martin martina martine marvin mary maryam massimo mateo mateusz mathias \
     mathieu mathilde matilda matt matteo matthew matthias matthieu maureen maurice mauricio maurizio mauro max \
     maxim maxime maximilian maxine maya meera megan mehdi mehmet mei melanie melinda melissa mercedes meredith \
     merle mia micah michael michaela michal michel michela michele michelle miguel mihai mika mikael mike mikhail \
     milan mildred milena milo milos ming minh mira miranda mireille miriam miroslav mitchell moa mohamed mohammad \
     mohammed mohit moira mona monica monika monique morgan moritz morris muhammad murat muriel mustafa myra \
     myriam ",
    " nadia nadine nadja nancy naoki naomi natalia natalie natasha nathalie nathan nathaniel neal ned neha neil \
     nellie nelson nestor nguyen nicholas nick nicky nico nicola nicolas nicole niels nigel nikhil niklas nikola \
     nikolai nikolaus nikos nils nina nisha noah noel noelle noemi nora norbert norma norman nuno ",
    " octavia odette ofelia olaf ole oleg olena olga oliver olivia olivier omar orlando oscar oskar osman otto \
     owen ozlem ",
    " pablo paige paloma pam pamela paola paolo pascal patrice patricia patricio patrick patrik patrycja patty \
     paul paula paulina pauline paulo pavel pawel pearl pedro peggy penelope penny percy perry pete peter petr \
     petra petros phil philip philipp philippa philippe phillip phoebe phyllis pia pierre pieter pietro pilar \
     piotr polly pooja prakash pranav prasad preston priya priyanka przemyslaw ",
    " qing quentin quinn ",
    " rachel rafael rafal raghav rahul rainer raj raja rajesh rajiv ralf ralph ramesh ramon ramona randall randy \
     raphael raquel rashid raul ravi ray raymond rebecca regina reginald reiner reinhard remi rena renata renate \
     rene renee reza rhonda ricardo riccardo richard rick ricky rita rob robert roberta roberto robin robyn rocio \
     rod roderick rodney rodolfo rodrigo roger rohan rohit roland rolf romain roman ron ronald ronnie rosa rosalie \
     rosalind rosanna rose rosemary rosie ross roxanne roy ruben ruby rudolf rudy rui rupert russell ruth ryan ",
    " sabina sabine sabrina sally salma salvador salvatore sam samantha sami samir samira samuel sandeep sandra \
     sandro sandy sanjay santiago sara sarah sascha sasha satoshi saul savannah scott sean sebastian sebastien \
     selena selma serena serge sergei sergey sergio seth shane shannon shanti sharon shaun shawn sheila shelby \
     shelley sheri sherry shirley shreya sibylle sidney siegfried sierra sigrid silke silvia silvio simon simona \
     simone sofia sofie solange sonia sonja sonya sophia sophie spencer stacey stacy stan stanislav stanley stefan \
     stefania stefanie stefano steffen stella stephan stephane stephanie stephen steve steven stewart stuart sue \
     sujata sunil sunita susan susana susanna susanne suzanne suzuki sven svetlana sybille sylvain sylvia sylvie ",
    " tadeusz takashi takeshi tamara tania tanja tanya tara tariq tasha tatiana tatyana taylor ted terence teresa \
     teri terrance terrence terry tess tessa thea thelma theo theodor theodore theresa therese thiago thibault \
     thierry thomas thorsten tiago tiffany tim timo timothy tina tobias todd tom tomas tomasz tommaso tommy toni \
     tony torsten tracey tracy travis trevor tricia tristan troy tyler tyrone ",
    " ugo ulrich ulrike umberto ursula usha ute uwe ",
    " vadim valentin valentina valentino valeria valerie vanessa vasily veronica veronika veronique vicente vicki \
     vicky victor victoria vijay vikram viktor viktoria vincent vincenzo viola violet violeta virginia virginie \
     vivek vivian viviana vladimir volker ",
    " wade walter wanda warren wayne wei wendy werner wesley whitney wiktor wilhelm will willem william willie \
     wilma winifred winston wojciech wolfgang ",
    " xavier xiao ximena ",
    " yan yannick yara yasmin yasmine yolanda yosef yoshiko youssef yuki yuko yulia yuri yusuf yves yvette yvonne ",
    " zachary zahra zainab zbigniew zeynep zoe zofia zoltan zuzana ",
];

/// Whether `word`, in lower case, is a given name.
pub(super) fn has(word: &str) -> bool {
    let first = word.bytes().next().unwrap_or(0);
    let row = NAMES.get(usize::from(first.wrapping_sub(b'a')));
    row.is_some_and(|row| list::has(row, word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted() {
        assert!(NAMES.into_iter().all(list::is_sorted));
    }
}

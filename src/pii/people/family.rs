//! Family names, written from general knowledge: the most frequent of the countries that write in Latin letters.

use super::list;

/// The names by their first letter, lower case, sorted, a space on both sides of each.
#[rustfmt::skip]
const NAMES: [&str; 26] = [
    " aaltonen abbott abdullah abe abel abrams acosta adams adamski adler agarwal aguilar aguirre ahmad ahmed \
     albert albrecht alexander ali allen almeida alonso alvarado alvarez alves andersen anderson andersson andrade \
     andreev andrews antonov appel aquino araujo arias armstrong arnold arora arroyo arslan atkins atkinson austin \
     avila ayala aydin ",
    " bach bachmann bailey baker baldwin ball banerjee banks barbieri barbosa barker barnes barnett barr barrera \
     barrett barros barry bartels bartlett barton bassi batista bauer baumann bautista beauchamp beck becker bell \
     beltran benedetti benitez bennett benson bentley berg berger bergmann bergstrom bernal bernard bernardi \
     bertrand bhatt bianchi birch bishop black blackburn blackwell blair blake blanc blanchard blanco boer bolton \
     bond bonnet booth borges bosch bose bouchard boucher boulanger bowen bowers bowman boyd boyer boyle bradley \
     bradshaw brady brandt braun bravo brennan breuer brewer briggs brito brock brooks brown bruno bryan bryant \
     buchanan buck bui burgess burke burnett burns burton busch bush butler byrne ",
    " cabrera cai calderon caldwell calvo cameron campbell campos cannon cardenas cardoso carlson carlsson carmona \
     caron carpenter carr carrasco carrillo carroll carson carter caruso carvalho casey castillo castro cattaneo \
     cervantes chambers chan chandler chandra chang chapman chaudhary chaudhry chavez chen cheng chevalier cho \
     choi chopra chowdhury christensen christiansen chu clark clarke clausen clemens clement clements cohen cole \
     coleman collins colombo connolly connor conrad conte conti contreras cook cooper cordero correa cortes cortez \
     costa costello cox craig crawford cruz cummings cunningham curtis ",
    " dahl dalton daniel daniels das davidson davies davis dawson day dean decker delacroix delgado deluca demir \
     dennis desai deshmukh dias diaz dickson dietrich dixon dominguez donnelly donovan douglas duarte dubey dubois \
     ducharme duffy dufour dumont duncan dunn dupont dupuis duran durand dutta duval dyer ",
    " eaton ebert eckert edwards eklund elliott ellis engel english erdogan eriksen eriksson ernst escobar \
     espinosa espinoza esposito estrada evans everett ",
    " fabbri farkas farmer farrell faure favre fedorov ferguson fernandes fernandez ferrara ferrari ferreira \
     ferrer ferri fiedler field figueroa finch fischer fisher fitzgerald fleming fletcher flores flynn fontaine \
     ford forsberg foster fournier fowler fox francis frank franke franklin fraser frazier freeman freitas french \
     friedrich fritz frost fuchs fuentes fujita fuller ",
    " gagnon gallagher gallardo galli gallo gao garcia gardner garner garrett garza gauthier gautier geiger george \
     gerard gerber ghosh gibbs gibson gil gilbert gill girard glover godfrey goldberg golubev gomes gomez \
     goncalves gonzales gonzalez goodman goodwin gordon gorman goto graf graham grant grau graves gray greco green \
     greene greer gregory griffin griffith grimm gross guerin guerra guerrero gunther gupta gustafsson gutierrez \
     guzman ",
    " haas hahn hale hall hamid hamilton hammond hampton hanna hansen hanson hansson hardy harper harrington \
     harris harrison hart hartley hartmann harvey hasan hashimoto hassan hawkins hayashi hayes haynes heikkinen \
     heinrich heinz helm henderson henriksen henry hensley herbert herman hermann hernandez herrera herrmann hess \
     hicks higgins hill hines ho hodges hofer hoffman hoffmann hofmann hogan holland holm holmes holt hong hopkins \
     horn horvath houston howard howe howell hu huang huber hudson huerta huff hughes hunt hunter hussain hussein \
     hutchinson huynh ",
    " ibarra ibrahim iglesias ignatiev ingram inoue ionescu irwin islam ismail ito ivanov ivanova iwasaki iyer ",
    " jackson jacob jacobs jacobsen jacobson jaeger jain james jansen janssen jansson jenkins jennings jensen jha \
     jimenez johansen johansson john johns johnson johnston jones jordan jorgensen joseph joshi juarez jung ",
    " kaiser kamau kaminski kane kang kapoor karlsson kato katz kaufmann kaur kaya keller kelley kelly kemp \
     kennedy kent kern kerr khan kim kimura king kirby kirk klein kline knapp knight koch koenig kohler konig \
     korhonen kovac kovacs kowalczyk kowalski kozak kozlov kramer kraus krause krishnan kruger krüger kuhn \
     kulkarni kumar kuznetsov kwon ",
    " lacroix lam lamb lambert lancaster lane lang lange larsen larson larsson laurent lawrence lawson le leblanc \
     leclerc lee lefebvre legrand lehmann lemaire lemoine leon leonard leroux leroy leung levy lewis li lim lin \
     lind lindberg lindgren lindqvist lindstrom liu lloyd lo logan lombardi lombardo long lopes lopez lorenz love \
     lowe lu lucas lucero ludwig luna lund lundgren luo lynch lyons ",
    " ma macdonald machado mackenzie maier major maldonado malik mancini mann manning marchand marchetti mariani \
     marin marino mark marks marquez marsh marshall martel martin martinelli martinez martini martins marx mason \
     massey mathews mathieu mathur matsumoto matthews maurer maxwell may mayer mcbride mccarthy mccormick mccoy \
     mcdonald mcgee mcgrath mcguire mckenzie mckinney mclaughlin mcmahon mcmillan medina mehta meier mejia melnyk \
     melo mendes mendez mendoza menon mercier meunier meyer meyers michaud mikkelsen miles millar miller mills \
     miranda mishra mitchell mohamed mohr molina moller monroe monteiro montgomery montoya moon moore mora morales \
     moran moreau moreira morel moreno moretti morgan mori morin morozov morris morrison morrow morton moser moss \
     mueller muller munoz murphy murray mustafa myers müller ",
    " nagy naidu nair nakajima nakamura napoli nash navarro neal nelson nemeth neumann newman newton ng nguyen \
     nicholls nichols nicholson nielsen nieminen nieto nilsson nixon noel nolan norman norris novak nowak nunes \
     nunez ",
    " obrien ochoa oconnor odonnell ogawa okada okafor oliveira oliver olsen olson olsson oneal oneill orlov \
     orozco ortega ortiz osborne ota otto owens ozturk ",
    " pace pacheco padilla page palmer papadopoulos park parker parks parra parsons patel paterson patil patterson \
     paul pavlenko pavlov payne pearce pearson pedersen pellegrini pena pennington pereira perez perkins perrin \
     perrot perry persson peters petersen peterson petit petrov petrova pfeiffer pham phan phillips pichler pierce \
     pineda pinto piotrowski pires popescu popov popova porter potter powell powers prasad price prieto pritchard \
     puig ",
    " qian quinn quintero ",
    " rahman raj rajan ramirez ramos ramsey rana rao rasmussen raymond reddy reed reese reeves reid reilly reis \
     renard reuter reyes reynolds rhodes ribeiro ricci rice richard richards richardson richter riley rinaldi rios \
     ritter rivas rivera robbins roberts robertson robin robinson robles rocha roche rodgers rodrigues rodriguez \
     rogers rojas roman romano romero rosales rosario rose rosenberg ross rossi roth rousseau roux rowe roy rubio \
     ruiz russell russo ryan ",
    " saeed sahin saito sakamoto salas salazar salinas salvi sanchez sanders sandoval santana santiago santoro \
     santos sarkar sasaki sato saunders savage sawyer schaefer schmid schmidt schmitt schmitz schneider schofield \
     scholz schreiber schroder schröder schubert schulte schultz schulz schulze schumacher schuster schwartz \
     schwarz schäfer scott seidel sen serra serrano shah shaikh shannon sharma sharp shaw shepherd sheridan \
     sherman shevchenko shimizu short sidorov silva simmons simon simpson sims singh sinha skinner slater sloan \
     smirnov smith snyder soares sokolov solis soloviev song sorensen soto sousa souza sparks spencer stanley \
     stark steele stein steiner stephens stephenson stevens stevenson stewart stokes stone strand strauss \
     strickland strong suarez sullivan summers sun sutton suzuki svensson swanson sweeney szabo ",
    " takahashi tan tanaka tang taylor teixeira terry thapa thomas thompson thomson thornton tian torres tran \
     tremblay trujillo truong tucker turner tyler ",
    " ueda ullah underwood urban usman ",
    " valdez valencia valentine valenzuela vance vargas vasquez vaughan vaughn vazquez vega velasco velasquez \
     verma vidal vieira villa villanueva virtanen vitale vogel vogt volkov voss vu ",
    " wade wagner walker wallace waller walls walsh walter walters walton wang ward warner warren washington \
     watanabe waters watkins watson watts weaver webb weber webster wei weiss welch weller wells werner west \
     wheeler whitaker white whitehead wiese wilcox wilkins wilkinson williams williamson willis wilson winkler \
     winter winters wise witt wojcik wolf wolfe wolff wong wood woodard woods wright wu wyatt ",
    " xavier xiao xie xu ",
    " yadav yamada yamaguchi yamamoto yamashita yang yates yildirim yildiz yilmaz yoon yoshida young yu yuan ",
    " zamora zapata zhang zhao zheng zhou zhu zimmer zimmermann zuniga ",
];

/// Whether `word`, in lower case, is a family name.
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

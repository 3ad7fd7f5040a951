"""Ordinary words: what is capitalised without being a name, and the areas of postcodes."""

# Words that open a sentence.
OPENERS = """
After All Also Although An And Another Any As At Because Before Both But By Can Could Dear Did
Do Does Each For From Had Has Have He Her Hello Hi His How However If In Is It Its Last May My
Next No Not Now On Once One Or Our Please See She Should Since So Some Thank Thanks That The Their
Then There These They This Those To Today Tomorrow Under Until Was We Were What When Where Which
While Who Why Will With Would Yes Yesterday You Your
"""

# Days, months and feasts: somebody called April is seen only by a title or another cue.
TIMES = """
Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April June July
August September October November December Christmas Easter
"""

# Words of organisations, offices, places and papers.
OFFICES = """
Academy Act Adult Adults Adviser Advisory Agency Agreement Annex Appendix Article Assessment
Association Authority Board Borough Britain British Caldicott Care Centre Chair Chapter Charity
Check Child Children Childrens Church City Clinic Code College Commissioner Committee Common
Community Conference Constabulary Core Council Country County Court Criminal Crown Data Department
Designated Director District Domestic Duty Early East Education Emergency England English Equality
European Family Fire First Form Foundation Framework Freedom General Golden Government Governor
Great Group Guardian Guidance Head Health Help High Home Hospital Housing Hub Human Independent
Information Insurance Ireland Joint Justice Kingdom Law Lead Learning Level Local London
Management Manager Mental Ministry Multi National New North Northern Nursery Office Officer Order
Panel Part Partnership Plan Police Policy Prevent Primary Principle Principles Prison Probation
Professional Protection Protocol Public Record Regional Regulation Relief Report Review Rights
Royal Rules Safeguarding Saint Schedule School Scotland Secondary Secretary Section Senior Serious
Service Services Seven Share Sharing Social Society South Special St State Step Street Support
Surgery Teacher Team Together Trust Union Unit United University Wales Welfare West Western Word
Work Worker Working Young Youth
"""

POSTCODE_AREAS = """
AB AL B BA BB BD BF BH BL BN BR BS BT BX CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY
E EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL
LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN
SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE
"""

# Numbers as people say them.
DIGITS = "zero oh nought one two three four five six seven eight nine double triple"
ORDINALS = """
first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth
fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth
"""
CARDINALS = """
one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred
"""

package pairs

import (
	"strconv"
	"strings"
)

// A rule says that letters can be heard as sounds (see sound for the signs), and at what cost, in hundredths of a sound. It
// costs nothing where 외래어 표기법 (the Korean orthography of loanwords, chapter 3 table 1) or usage spell the letters so.
type rule struct {
	letters, sounds string
	cost            int
	consonants      string // of the sounds, see consonants
}

// letterRules maps Latin letters to Korean sounds. A line has letters, then the ways to hear them, each with its cost behind
// a colon if it has one; "_" is silence. The sounds that Korean adds between consonants are a matter of the alignment.
const letterRules = `
a    e a ei v:10 o:15 i:25
ae   e i:20 a:20
age  eji iji
ai   ei e ai
air  eiv ev e:10
al   vl ol:10
aw   o
au   o au:10 a:20
ay   ei ai:10
ar   a v:10
ar   eiv:20
are  eiv ev e:20
b    b P p:30
c    k K s
cc   k K ks Ks
ch   c ci k kx:10 syi:10 si:10 s:20
ci   sy:5
ck   k K
com  kvm kom
con  kvn kon
d    d T:10 t:30
dg   j
dge  ji
e    e i v:10 ei:25
en   xn:15
ea   i e ei:10
ear  iv v
ee   i
ei   ai i ei
er   v a:30 e:20
eu   yu u oi:20 yv:20
ew   yu u
ey   i ei
f    p h:30
g    g K j k:30
ge   ji
gh   _ p g
gn   n gn
gu   g
h    h _:20
i    i ai v:30 e:30
ie   i ai ie
ier  iv
iew  yu
ir   v
ire  aiv
ism  ijxm
j    j h:30 y:20
k    k K g:30
kn   n
l    l r:15
m    m
mb   m
n    n N:20
nc   NK Nk
ng   N Ng nj ng
nk   NK Nk
nx   NKs Nks
o    o a:10 v:10 u:20 ou:5
oa   o
oi   oi
of   obx
oo   u o:20
or   o v
ou   au u o v
our  auv ov o v
ow   au o ou
oy   oi
ough o u
p    p P b:30
ph   p
ps   s:20
q    k K
qu   kw ku k
que  k K kyu
queue kyu
r    r l:25
rh   r
s    s j:10 c:30
sc   s sk
sch  sk s
sh   s sy syi si
sio  jv:5 syv
ss   s sy
su   ju:10 syu:10
sure syv jv
t    t T d:30 c:30
ti   ci:15
tch  c ci
th   s t d T d:10
tho  so
tio  syv
tu   cu:5 cv:5
ture cv
ts   c cx
tz   c
u    u v yu a:20 i:30 e:30
ue   u yu _:10
ui   wi u i
ur   v
v    b p:30
w    w u _:30
wa   wo:10 wv:5
wh   w h hw
wo   wv wu:10 u:10
wor  wv
wr   r
x    ks Ks j:10 gj:10 s:20
y    y i ai
z    j s:10 c:20
zz   c j
.    _ daT
+    plvsx
#    syapx
&    vndx envndx _:20
`

// nameRules are the names of letters and digits, for words that are spelled out: API, SQL, K8s.
const nameRules = `
a ei
b bi
c si
d di
e i
f epx
g ji
h eici eicyi
i ai
j jei
k kei
l el
m em
n en
o o
p pi
q kyu
r al
s esx
t ti
u yu
v bi bxi
w dvblyu dvbxlyu
x eKsx
y wai
z jetx ji
0 jero yvN o
1 wvn il
2 tu i
3 sxri sam
4 po sa
5 paibx o
6 siKsx yuK
7 sebxn cil
8 eiT pal
9 nain gu
`

// The rules by their first letter.
var (
	heard = readRules(letterRules, 0)
	names = readRules(nameRules, spelledLetter)
)

// readRules reads a table. A way to hear without a cost costs price.
func readRules(table string, price int) (rules [256][]rule) {
	for line := range strings.Lines(table) {
		fields := strings.Fields(line)
		if len(fields) == 0 {
			continue
		}
		letters := fields[0]
		for _, field := range fields[1:] {
			sounds, cost, found := strings.Cut(field, ":")
			n := price
			if found {
				n, _ = strconv.Atoi(cost) // the tables are ours, and tested
			}
			if sounds == "_" {
				sounds = ""
			}
			rules[letters[0]] = append(rules[letters[0]], rule{letters, sounds, n, consonants(sounds)})
		}
	}
	return rules
}

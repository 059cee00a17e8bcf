// A description of a terminal with 24 bits of colour, since the base terminal database has none.
// It is xterm's, without what tmux and others lack (bce, rep). Compiled with
//   tic -x -o db rgb.src && TERMINFO=$PWD/db infocmp -x -0 -Q2 xterm-24bit
// from:
//
//   xterm-24bit|xterm with 24 bits of colour,
//     am, km, mir, msgr, npc, xenl, RGB,
//     colors#0x1000000, cols#80, it#8, lines#24, pairs#0x10000,
//     bel=^G, bold=\E[1m, civis=\E[?25l, clear=\E[H\E[2J, cnorm=\E[?12l\E[?25h, cr=\r,
//     csr=\E[%i%p1%d;%p2%dr, cub=\E[%p1%dD, cub1=^H, cud=\E[%p1%dB, cud1=\n, cuf=\E[%p1%dC, cuf1=\E[C,
//     cup=\E[%i%p1%d;%p2%dH, cuu=\E[%p1%dA, cuu1=\E[A, dch=\E[%p1%dP, dch1=\E[P, dim=\E[2m,
//     ech=\E[%p1%dX, ed=\E[J, el=\E[K, el1=\E[1K, home=\E[H, hpa=\E[%i%p1%dG,
//     ich=\E[%p1%d@, kbs=^?, kcbt=\E[Z, kcub1=\EOD, kcud1=\EOB, kcuf1=\EOC, kcuu1=\EOA,
//     kdch1=\E[3~, kend=\EOF, kent=\EOM, kf1=\EOP, kf10=\E[21~, kf11=\E[23~, kf12=\E[24~,
//     kf2=\EOQ, kf3=\EOR, kf4=\EOS, kf5=\E[15~, kf6=\E[17~, kf7=\E[18~, kf8=\E[19~, kf9=\E[20~,
//     khome=\EOH, kich1=\E[2~, kind=\E[1;2B, kri=\E[1;2A, kLFT=\E[1;2D, kRIT=\E[1;2C, knp=\E[6~, kpp=\E[5~,
//     op=\E[39;49m, rev=\E[7m, ritm=\E[23m, rmam=\E[?7l, rmcup=\E[?1049l, rmkx=\E[?1l\E>, rmso=\E[27m, rmul=\E[24m,
//     setab=\E[%?%p1%{8}%<%t4%p1%d%e48;2;%p1%{65536}%/%d;%p1%{256}%/%{255}%&%d;%p1%{255}%&%d%;m,
//     setaf=\E[%?%p1%{8}%<%t3%p1%d%e38;2;%p1%{65536}%/%d;%p1%{256}%/%{255}%&%d;%p1%{255}%&%d%;m,
//     sgr=\E[0%?%p6%t;1%;%?%p5%t;2%;%?%p2%t;4%;%?%p1%p3%|%t;7%;m,
//     sgr0=\E[m, sitm=\E[3m, smam=\E[?7h, smcup=\E[?1049h, smkx=\E[?1h\E=, smso=\E[7m, smul=\E[4m, vpa=\E[%i%p1%dd,

const char screen_rgb_type[] = "xterm-24bit";
const char screen_rgb_description[] =
  "b64:HgIpABoADwBpAZECeHRlcm0tMjRiaXR8eHRlcm0gd2l0aCAyNCBiaXRzIG9mIGNvbG91cgAAAQAAAQAAAAEAAAAAAQEAAAAAAAAAAAAAAQ"
  "BQAAAACAAAABgAAAD_____________________________________________________AAAAAQAAAQD__wAAAgAEAP__FQAdACEAJQD__zAA"
  "QQBDAEcATgD__1AAXQD__2EA__9lAP____________9pAG4A__93AP_______3wAgQCGAIsA__-UAJgA_____6EApwD___________________"
  "_______60A________rwD__7QA__________-4ALwAwgDGAMoAzgDUANoA4ADmAOwA8AD___UA___5AP4AAwEHAQ4B__8VARkBIQH_________"
  "______________________________8pAf__MgE7Af____9EAU0B__9WAf_______________________________18B________agH_______"
  "___________________________________6AB_____6QBqgH_____________________________sAG0Af__________________________"
  "__________________________________________________________________-4Af____________________-_Af_____________GAc"
  "wB____________________________________________________________________________________________________________"
  "____________________________0gH________________________________________________________________________XAf____"
  "______________________________4AH________________________lAf__________________________________________________"
  "________________________________________________6wE-AgcADQAbWyVpJXAxJWQ7JXAyJWRyABtbSBtbMkoAG1tLABtbSgAbWyVpJX"
  "AxJWRHABtbJWklcDElZDslcDIlZEgACgAbW0gAG1s_MjVsAAgAG1s_MTJsG1s_MjVoABtbQwAbW0EAG1tQABtbMW0AG1s_MTA0OWgAG1sybQAb"
  "WzdtABtbN20AG1s0bQAbWyVwMSVkWAAbW20AG1s_MTA0OWwAG1syN20AG1syNG0AfwAbWzN-ABtPQgAbT1AAG1syMX4AG09RABtPUgAbT1MAG1"
  "sxNX4AG1sxN34AG1sxOH4AG1sxOX4AG1syMH4AG09IABtbMn4AG09EABtbNn4AG1s1fgAbT0MAG1sxOzJCABtbMTsyQQAbT0EAG1s_MWwbPgAb"
  "Wz8xaBs9ABtbJXAxJWRQABtbJXAxJWRCABtbJXAxJWRAABtbJXAxJWREABtbJXAxJWRDABtbJXAxJWRBABtbJWklcDElZGQAG1swJT8lcDYldD"
  "sxJTslPyVwNSV0OzIlOyU_JXAyJXQ7NCU7JT8lcDElcDMlfCV0OzclO20AG1taABtbPzdoABtbPzdsABtPRgAbT00AG1sxOzJEABtbMTsyQwAb"
  "WzIzfgAbWzI0fgAbWzFLABtbMzk7NDltABtbM20AG1syM20AG1slPyVwMSV7OH0lPCV0MyVwMSVkJWUzODsyOyVwMSV7NjU1MzZ9JS8lZDslcD"
  "ElezI1Nn0lLyV7MjU1fSUmJWQ7JXAxJXsyNTV9JSYlZCU7bQAbWyU_JXAxJXs4fSU8JXQ0JXAxJWQlZTQ4OzI7JXAxJXs2NTUzNn0lLyVkOyVw"
  "MSV7MjU2fSUvJXsyNTV9JSYlZDslcDElezI1NX0lJiVkJTttAAABAAAAAAABAAQAAQAAAFJHQgA=";

/**
 * The look of every page without script: small, light and dark, from 360 pixels up. A picture that does not
 * load is a quiet tile: only then has an `img` a `::before`.
 */
export const style = `
:root{color-scheme:light dark;--bg:#f6f6fa;--card:#fff;--text:#1b1b26;--soft:#55566a;--line:#dfdfe8;--accent:#3730a3;--accent-text:#fff;
--good:#14613a;--good-bg:#e3f5ea;--warn:#7a4a05;--warn-bg:#fdf1d8;--bad:#9b1c1c;--bad-bg:#fde8e8;--chip:#ecebfa;--chip-text:#312e81}
@media (prefers-color-scheme:dark){:root{--bg:#12121a;--card:#1c1c28;--text:#ececf4;--soft:#a9aabf;--line:#34344a;--accent:#a5b4fc;--accent-text:#16163a;
--good:#86e0ac;--good-bg:#12301f;--warn:#f5cb7a;--warn-bg:#38290b;--bad:#ffa3a3;--bad-bg:#401616;--chip:#2b2b4a;--chip-text:#c7d2fe}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:flex;flex-direction:column;background:var(--bg);color:var(--text);font:1rem/1.55 "Readex Pro",system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;overflow-wrap:anywhere}
a{color:var(--accent);text-underline-offset:.15em}
a:focus-visible,input:focus-visible,summary:focus-visible,textarea:focus-visible,button:focus-visible,pre:focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:4px}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:1rem;background:var(--card);padding:.5rem 1rem;z-index:1}
.site{background:var(--card);border-bottom:1px solid var(--line)}
.bar{max-width:60rem;margin:0 auto;padding:.7rem 1.25rem;display:flex;align-items:center;gap:1rem}
.brand{display:inline-flex;align-items:center;gap:.6rem;font-weight:700;font-size:1.1rem;color:var(--text);text-decoration:none}
.brand svg{width:2rem;height:2rem;flex:none}.brand .logo{height:2rem;width:auto;max-width:10rem;object-fit:contain;flex:none}
.milestone{color:var(--accent);font-weight:600;font-size:.88rem}
footer .bar{flex-wrap:wrap}.further-links a{white-space:nowrap}
.further-links{margin-inline-start:auto;display:flex;flex-wrap:wrap;gap:.25rem 1rem;justify-content:flex-end}.further-links a{display:inline-flex;align-items:center;min-height:2.75rem}
main{width:100%;max-width:60rem;margin:0 auto;padding:1.5rem 1.25rem 3rem;flex:1}
footer{border-top:1px solid var(--line);color:var(--soft);font-size:.9rem}
h1{font-size:clamp(1.5rem,1.1rem + 2vw,2.1rem);line-height:1.2;margin:0 0 .5rem;text-wrap:balance}
h2{font-size:1.05rem;margin:0 0 .5rem}
h3,h4{font-size:1rem;margin:1rem 0 .3rem}
p,ul,ol{margin:0 0 .75rem}p:last-child,ul:last-child,ol:last-child{margin-bottom:0}
.card{background:var(--card);border:1px solid var(--line);border-radius:16px;padding:clamp(1.1rem,4vw,2rem);margin-bottom:1.25rem}
.picture,.badges img,.list img{position:relative}
.picture::before,.badges img::before,.list img::before{content:attr(alt);position:absolute;inset:0;display:grid;place-items:center;padding:.5rem;background:var(--chip);color:var(--chip-text);text-align:center;font-size:.92rem}
.hero{display:grid;gap:1.25rem 2.25rem;justify-items:center}
.hero>div{width:100%}
.picture{width:min(240px,60vw);height:auto;aspect-ratio:1;object-fit:contain}
.kicker{color:var(--soft);margin:0 0 .3rem;font-size:.95rem}
.facts{color:var(--soft);margin:0 0 .25rem}.facts b{color:var(--text)}.facts+.status,.facts+p:not(.facts){margin-top:1rem}
time{white-space:nowrap}
.status{display:flex;gap:.7rem;align-items:flex-start;padding:.8rem 1rem;border-radius:12px;margin:0 0 1rem;background:var(--good-bg);color:var(--good)}
.status svg{width:1.5rem;height:1.5rem;flex:none;margin-top:.05rem}
.status strong{display:block;font-size:1.1rem;line-height:1.7rem}
.status.warn{background:var(--warn-bg);color:var(--warn)}.status.bad{background:var(--bad-bg);color:var(--bad)}
.grid{display:grid;gap:1.25rem}.grid>*,.hero>*{min-width:0}
.grid>.card{margin:0}.grid>div>.card:last-child{margin-bottom:0}
.chips{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.4rem}
.chips li{background:var(--chip);color:var(--chip-text);padding:.1rem .7rem;border-radius:99px;font-size:.92rem}
.buttons{display:flex;flex-wrap:wrap;gap:.6rem;margin:0 0 1rem}.buttons:last-child{margin-bottom:0}input+.buttons{margin-top:1rem}
.button{display:inline-flex;align-items:center;min-height:2.75rem;padding:.4rem 1.1rem;border-radius:10px;border:1px solid var(--accent);text-decoration:none;font-weight:600}
.button.main{background:var(--accent);color:var(--accent-text)}
.button:hover{text-decoration:underline}
label{display:block;font-weight:600;margin-bottom:.3rem}
input{width:100%;min-height:2.75rem;padding:.4rem .8rem;border:1px solid var(--soft);border-radius:10px;background:var(--bg);color:inherit;font:inherit;font-size:.95rem}
.checks{list-style:none;padding:0;margin:0}
.checks li{display:grid;grid-template-columns:1.5rem 1fr;gap:.1rem .8rem;padding:.8rem 0;border-top:1px solid var(--line)}
.checks li:first-child{border-top:0;padding-top:0}.checks svg{width:1.5rem;height:1.5rem}
.checks .rule{color:var(--soft);font-size:.85rem}
.good{color:var(--good)}.warn{color:var(--warn)}.bad{color:var(--bad)}.soft{color:var(--soft)}
.badges{list-style:none;padding:0;margin:0;display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,16rem),1fr));gap:1rem}
.badges a{display:flex;gap:1rem;align-items:center;height:100%;padding:.9rem;border:1px solid var(--line);border-radius:12px;color:inherit;text-decoration:none}
.badges a:hover strong{text-decoration:underline}.badges img{width:4.5rem;height:4.5rem;object-fit:contain;flex:none}
.prose pre{white-space:pre-wrap}.prose th,.prose td{padding:.2rem .8rem .2rem 0;text-align:left;vertical-align:top}.prose blockquote{margin:0;padding-left:1rem;border-left:3px solid var(--line)}
dl{margin:0;display:grid;gap:.8rem}dt{font-weight:600}dd{margin:0}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.figures{grid-template-columns:repeat(auto-fit,minmax(7.5rem,1fr));margin-top:1.25rem}
.figures div{background:var(--bg);border-radius:12px;padding:.7rem 1rem;display:flex;flex-direction:column-reverse;justify-content:flex-end}
.figures dt{font-weight:400;font-size:.92rem;color:var(--soft)}.figures dd{font-size:1.7rem;font-weight:700;line-height:1.25;font-variant-numeric:tabular-nums}
.note{border-left:6px solid var(--accent)}
.badges span>*,.badges span>strong{display:block}
.people,.ways{list-style:none;margin:0;padding:0;display:grid}
.people{grid-template-columns:repeat(auto-fill,minmax(min(100%,17rem),1fr));gap:1rem}
.people>li{border:1px solid var(--line);border-radius:12px;padding:.9rem 1rem}.people h3{margin:0 0 .6rem}
.ways{gap:.6rem}.ways>li{display:flex;gap:.7rem;align-items:flex-start}
.ring{flex:none;width:2.1rem;height:2.1rem;color:var(--accent)}.ring.earned{color:var(--good)}.ring.lost{color:var(--bad)}
.next{font-size:.88rem;color:var(--soft);line-height:1.4;margin:.1rem 0 0}
.steps{padding-left:1.2rem}.steps li{margin-bottom:.4rem}
code{background:var(--chip);color:var(--chip-text);padding:.1rem .35rem;border-radius:5px;font-size:.88em}
main>h1{margin-bottom:1rem}
.site .bar{flex-wrap:wrap;row-gap:0}.public{margin-inline-start:auto;display:flex;flex-wrap:wrap;justify-content:flex-end;gap:0 1.25rem}.public a{display:inline-flex;align-items:center;min-height:2.75rem;font-weight:600;text-align:end}
.name{font-size:clamp(1.3rem,1rem + 1.6vw,1.8rem);line-height:1.25;margin:0 0 .3rem;text-wrap:balance}
.rule{color:var(--soft);font-size:.85rem}.rule a{color:inherit}
.tile{width:min(240px,60vw);aspect-ratio:1;display:grid;place-items:center;border-radius:16px;background:var(--bg)}.hero>.tile{width:min(240px,60vw)}.tile svg{width:55%;opacity:.4;filter:grayscale(1)}
.grid.two{margin-bottom:1.25rem}.name+.status{margin-top:1rem}.prose div+p{margin-top:.75rem}.further{border-top:1px solid var(--line);padding-top:.8rem}.further summary{font-weight:600}
.remedy{margin-top:-.4rem}
.belongs,.mark{display:flex;gap:.6rem;align-items:flex-start}.belongs svg,.mark svg{width:1.35rem;height:1.35rem;flex:none;margin-top:.1rem}
summary{cursor:pointer;min-height:1.6rem}summary h2{display:inline;margin:0}details[open]>summary{margin-bottom:.8rem}
pre{background:var(--bg);border-radius:10px;padding:.8rem 1rem;margin:0 0 .75rem;max-height:24rem;overflow:auto;white-space:pre-wrap;font-size:.82rem}
blockquote{margin:0 0 .5rem;padding-left:.9rem;border-left:3px solid var(--line)}
.verdicts,.asked{list-style:none;margin:0;padding:0}.verdicts:not(.cards) li+li,.asked li+li{border-top:1px solid var(--line);margin-top:.8rem;padding-top:.8rem}
.verdicts h3{margin:0}.verdicts p{margin:0 0 .4rem}.verdicts p:last-child{margin:0}.asked{font-size:.92rem}
.cards{display:grid;gap:1rem;grid-template-columns:repeat(auto-fill,minmax(min(100%,17rem),1fr))}.cards li{border:1px solid var(--line);border-radius:12px;padding:.9rem 1rem}
.verify{display:grid;gap:1rem;margin-top:1.25rem}.verify p{margin:0}.verify input+.soft,.verify textarea+.soft{margin-top:.3rem;font-size:.92rem}
textarea{width:100%;padding:.6rem .8rem;border:1px solid var(--soft);border-radius:10px;background:var(--bg);color:inherit;font:inherit;font-size:.95rem;resize:vertical}
textarea::placeholder{color:var(--soft);opacity:1}
.drop{border:2px dashed var(--soft);border-radius:14px;padding:2.25rem 1.25rem;cursor:pointer}.drop:hover{border-color:var(--accent)}
.drop::file-selector-button{font:inherit;font-weight:600;margin-right:.8rem;padding:.4rem 1.1rem;min-height:2.75rem;border:1px solid var(--accent);border-radius:10px;background:var(--card);color:var(--accent);cursor:pointer}
.verify label .soft{font-weight:400}
.or{display:flex;align-items:center;gap:1rem;color:var(--soft)}.or::before,.or::after{content:"";flex:1;border-top:1px solid var(--line)}
button.button{font:inherit;font-weight:600;cursor:pointer}.verify .button{font-size:1.05rem;padding:.5rem 1.6rem}
.framed{background:none;min-height:0}.framed main{padding:0;max-width:none}.framed h1{font-size:1.2rem;margin:0 0 .2rem}.framed .card{margin:0}
.embed{display:flex;gap:1rem;align-items:flex-start;padding:1rem}.embed>div{flex:1;min-width:0}.embed .picture{width:clamp(4rem,24vw,7rem);flex:none}.embed .status{margin:.6rem 0;padding:.5rem .8rem;font-size:.9rem}.embed .status strong{font-size:1rem;line-height:1.5rem}
.earners{list-style:none;padding:0;display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,15rem),1fr));gap:.2rem 1.25rem}.earners li{display:flex;flex-wrap:wrap;gap:.1rem .6rem;align-items:center;min-height:2.75rem}
.shown{list-style:none;margin:0;padding:0}.shown li{display:flex;flex-direction:column;gap:.6rem}.shown .head{display:flex;gap:1rem;align-items:center}.shown img{width:4.5rem;height:4.5rem;object-fit:contain;flex:none;position:relative}.shown h2{margin:0;font-size:1.05rem}.shown p{margin:0}.shown .mark{margin-top:auto;font-weight:600;font-size:.92rem}
@media (min-width:44rem){.hero{grid-template-columns:auto 1fr;align-items:center}.picture{width:min(320px,32vw)}.grid.two{grid-template-columns:3fr 2fr;align-items:start}}
.paper{display:none}
@media print{.buttons,.site,footer,.screen{display:none}.paper{display:block}.card{border:0}}
`
  .trim()
  .replaceAll('\n', '')

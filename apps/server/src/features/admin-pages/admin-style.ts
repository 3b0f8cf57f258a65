/** Rules beside those of every page: tables that become cards on a phone, forms, bars, a timeline. */
export const adminStyle = `
main,.bar{max-width:80rem}main>h1{margin-bottom:1rem}main>nav{margin-bottom:1rem}
.site .bar{flex-wrap:wrap;row-gap:.4rem}
.tabs{display:flex;flex-wrap:wrap;gap:.25rem;margin-right:auto}
.tabs a{padding:.45rem .8rem;border-radius:8px;text-decoration:none;color:inherit}
.tabs a:hover{background:var(--chip)}
.tabs a[aria-current]{background:var(--chip);color:var(--chip-text);font-weight:700}
button{font:inherit;cursor:pointer}
button:focus-visible,select:focus-visible,[tabindex]:focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:4px}
button.button{background:none;color:var(--accent)}
button.button.main{background:var(--accent);color:var(--accent-text)}
.button.small,button.small{min-height:2.25rem;padding:.2rem .8rem;font-size:.92rem}
.link{background:none;border:0;color:var(--accent);text-decoration:underline;text-underline-offset:.15em;padding:.45rem 0}
.top{display:flex;flex-wrap:wrap;gap:.75rem 1.5rem;align-items:flex-start;justify-content:space-between;margin-bottom:1rem}
.top h1{margin:0}.top p{margin:.25rem 0 0}.top form{margin:0}
.kicker a{color:inherit}
.filters{list-style:none;padding:0;margin:0 0 1rem;display:flex;flex-wrap:wrap;gap:.5rem}
.filters a{display:inline-flex;gap:.45rem;align-items:center;padding:.35rem .85rem;border:1px solid var(--line);border-radius:99px;text-decoration:none;color:inherit;background:var(--card)}
.filters a:hover{border-color:var(--accent)}
.filters a[aria-current]{background:var(--accent);border-color:var(--accent);color:var(--accent-text)}
.filters b{font-variant-numeric:tabular-nums}
.inline{display:flex;flex-wrap:wrap;gap:.6rem;align-items:end;margin:0 0 1rem}.inline label{margin:0 0 .2rem}.inline select{width:auto;max-width:100%}
select{width:100%;min-height:2.75rem;padding:.4rem .8rem;border:1px solid var(--soft);border-radius:10px;background:var(--bg);color:inherit;font:inherit;font-size:.95rem}
.list{width:100%;border-collapse:collapse}
.list th{font-size:.85rem;font-weight:600;color:var(--soft);text-align:left;padding:.4rem .75rem;border-bottom:1px solid var(--line)}
.list td{padding:.8rem .75rem;border-bottom:1px solid var(--line);vertical-align:top}
.list tr:last-child td{border-bottom:0;padding-bottom:0}
.list th,.list a,.list b,.list .state,.list td>span{overflow-wrap:break-word}
.list th:first-child,.list td:first-child{padding-left:0}.list th:last-child,.list td:last-child{padding-right:0}
.list form,.list .button{margin:0 0 .4rem}.list td>:last-child{margin-bottom:0}
.list p{margin:.15rem 0 0;max-width:34rem}.list .button{white-space:nowrap}
.list .num{text-align:right;font-variant-numeric:tabular-nums}
.list img{width:3rem;height:3rem;object-fit:contain;display:block}.list .with-picture{display:flex;gap:.8rem;align-items:flex-start}.list .with-picture>:last-child{min-width:0}.list .no-picture{flex:none;width:3rem;height:3rem;border-radius:8px;background:var(--chip)}
.state{display:inline-flex;gap:.45rem;align-items:flex-start;font-weight:600}.state svg{width:1.25rem;height:1.25rem;flex:none;margin-top:.14rem}
.actions{display:flex;flex-wrap:wrap;gap:.5rem}.actions form,.actions .button{margin:0}.card>.actions,p+.actions,.share+.legend+p,form>p:last-child{margin-top:1rem}
.needs{list-style:none;margin:0;padding:0;display:grid;gap:.75rem}
.needs li{display:flex;gap:.8rem;align-items:flex-start;padding:.8rem 1rem;border-radius:12px;background:var(--warn-bg);color:var(--warn)}
.needs svg{width:1.5rem;height:1.5rem;flex:none;margin-top:.05rem}.needs a{color:inherit;font-weight:600}.needs span:not(.unseen){flex:1}.needs li{flex-wrap:wrap}.needs form{margin:0}.needs .link{padding:0;color:inherit}
.needs small{display:block;font-size:.88rem}
.share{display:block;width:100%;height:1.25rem;border-radius:99px;margin:0 0 .8rem}
.s-queued,.s-issuing{fill:#64748b;color:#64748b}.s-issued{fill:#15803d;color:#15803d}.s-failed{fill:#d97706;color:#d97706}.s-stopped{fill:#b91c1c;color:#b91c1c}.s-revoking{fill:#a78bfa;color:#a78bfa}.s-revoked{fill:#7c3aed;color:#7c3aed}
.legend{list-style:none;margin:0;padding:0;display:grid;grid-template-columns:repeat(auto-fill,minmax(12.5rem,1fr));gap:.35rem 1rem}
.legend a{display:flex;gap:.55rem;align-items:center;padding:.25rem 0;color:inherit}
.legend svg{width:.9rem;height:.9rem;flex:none}
.legend b{font-variant-numeric:tabular-nums}
.fields{display:grid;gap:1rem 1.25rem}.fields .hint,.hint{color:var(--soft);font-size:.88rem;margin:.25rem 0 0}
fieldset{border:1px solid var(--line);border-radius:12px;padding:1rem;margin:0;min-width:0}legend{font-weight:600;padding:0 .4rem}
fieldset .fields+.hint,legend+.hint{margin:0 0 .8rem}
.check{display:flex;gap:.6rem;align-items:center;font-weight:400}.check input{width:1.25rem;min-height:1.25rem;flex:none;margin:0}
.narrow{max-width:34rem;margin:0 auto}
.timeline{list-style:none;margin:0;padding:0}
.timeline li{position:relative;padding:0 0 1.25rem 2.4rem}
.timeline li:last-child{padding-bottom:0}
.timeline li:not(:last-child)::before{content:"";position:absolute;left:.72rem;top:1.6rem;bottom:-.1rem;border-left:2px solid var(--line)}
.timeline li>svg,.timeline li>span:first-child svg{position:absolute;left:0;top:.05rem;width:1.5rem;height:1.5rem;background:var(--card)}
.timeline p{margin:.15rem 0 0}
.facts-list{grid-template-columns:repeat(auto-fit,minmax(min(100%,13rem),1fr))}
.facts-list dt{font-weight:400;font-size:.88rem;color:var(--soft)}
.secret{display:block;padding:.6rem .8rem;margin:.4rem 0;user-select:all}
details>summary{cursor:pointer;font-weight:600}details[open]>summary{margin-bottom:.8rem}
details+details,div+details,p+details{margin-top:.8rem}.hint+p{margin-top:1rem}
@media (max-width:40rem){.site form{margin-left:auto}.tabs{order:1;flex-basis:100%;margin-left:-.8rem}}
@media (min-width:44rem){.fields.two{grid-template-columns:1fr 1fr}}
@media (max-width:56rem){
.list,.list tbody,.list tr,.list td{display:block}
.list thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.list tr{padding:.9rem 0;border-bottom:1px solid var(--line)}.list tr:first-child{padding-top:0}.list tr:last-child{border-bottom:0;padding-bottom:0}
.list time{white-space:normal}.list a,.list b,.list td>span{overflow-wrap:anywhere}
.list td,.list td:first-child,.list td:last-child{border:0;padding:.2rem 0;display:grid;grid-template-columns:6.5rem 1fr;gap:.1rem .75rem}
.list td::before{content:attr(data-label);color:var(--soft);font-size:.88rem;padding-top:.1rem}
.list td>*{grid-column:2}.list td.bare{display:block}.list td.bare::before{content:none}.list td.bare:empty{display:none}
.list .num{text-align:left}.list .button{white-space:normal}
}
@media (max-width:20rem){.list td,.list td:first-child,.list td:last-child{grid-template-columns:minmax(0,1fr)}.list td>*{grid-column:1}.needs svg{display:none}.needs span:not(.unseen){flex-basis:100%}.legend{grid-template-columns:minmax(0,1fr)}.fields>*,.inline>*,.grid>div>*{min-width:0}dl{grid-template-columns:minmax(0,1fr)}time{white-space:normal}}
`
  .trim()
  .replaceAll('\n', '')

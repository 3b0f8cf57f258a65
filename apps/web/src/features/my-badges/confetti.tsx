import classes from './my-badges.module.css'

const colours = ['#5764dc', '#e0a526', '#2f9e6b', '#d6568b', '#3aa6c4']
const pieces = Array.from({ length: 28 }, (_, at) => ({
  // Spread evenly but not in rows: the golden ratio never repeats.
  left: (at * 61.8) % 100,
  delay: (at * 137) % 900,
  colour: colours[at % colours.length] ?? '#5764dc',
}))

/** A few scraps of paper that fall once; not for those who have asked for less motion. */
export function Confetti() {
  return (
    <div className={classes['confetti']} aria-hidden>
      {pieces.map(({ left, delay, colour }) => (
        <i
          key={left}
          style={{ left: `${left}%`, backgroundColor: colour, animationDelay: `${delay}ms` }}
        />
      ))}
    </div>
  )
}

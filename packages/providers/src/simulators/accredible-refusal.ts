/** An answer other than success, thrown by what a route is made of. */
export class AccredibleRefusal extends Error {
  readonly status: number
  readonly body: object | string

  constructor(status: number, body: object | string) {
    super(`Answers ${status}`)
    this.name = 'AccredibleRefusal'
    this.status = status
    this.body = body
  }
}

/** The most common form: properties with what is wrong with each. */
export function invalid(property: string, message: string): AccredibleRefusal {
  return new AccredibleRefusal(422, { errors: { [property]: [message] } })
}

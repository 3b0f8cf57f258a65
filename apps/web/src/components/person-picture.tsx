import { Avatar } from '@mantine/core'

/** The initials of a person whose name stands beside them. */
export function PersonPicture({ name, size = 38 }: { name: string; size?: number }) {
  return (
    <Avatar
      name={name}
      size={size}
      radius="xl"
      alt=""
      aria-hidden
      styles={{
        placeholder: {
          color: 'var(--rosette-accent)',
          backgroundColor: 'var(--rosette-accent-bg)',
          borderColor: 'transparent',
        },
      }}
    />
  )
}

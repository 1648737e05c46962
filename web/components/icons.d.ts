declare module 'virtual:icons' {
  /** By name, the `d` of each path of the icon. */
  const paths: Readonly<Record<string, readonly string[]>>;
  export default paths;
}

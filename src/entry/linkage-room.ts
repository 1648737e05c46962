/** Where the whole register is linked: a folder of the data folder, and the memory that the configuration allows. */
import { join } from 'node:path';
import type { LinkageRoom } from '../registry/linkage/linkage.service.ts';
import type { AppContext } from './context.ts';

export const linkageRoom = ({ dataFolder, config }: AppContext): LinkageRoom => ({
  workFolder: join(dataFolder, 'linkage'),
  megabytes: config.linkageMegabytes,
});

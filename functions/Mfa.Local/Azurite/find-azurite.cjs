// Run by npx, which has put the package's folder first on the PATH: tells where the package's program is.
const fs = require('fs');
const path = require('path');

for (const folder of (process.env.PATH ?? process.env.Path ?? '').split(path.delimiter)) {
  const home = path.join(folder, '..', 'azurite');
  if (folder.endsWith('.bin') && fs.existsSync(path.join(home, 'package.json'))) {
    const program = JSON.parse(fs.readFileSync(path.join(home, 'package.json'), 'utf8')).bin.azurite;
    console.log(path.resolve(home, program));
    break;
  }
}

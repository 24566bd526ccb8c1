// An OpenID provider on a port of the loopback: whoever says a name is signed in by it; "ada" and "bert" belong to groups. Arguments: port, redirect address.
import Provider from 'oidc-provider';

const [port, redirect] = process.argv.slice(2);
const groups = { ada: ['dash-admins', 'berlin'], bert: ['dash-viewers'] };
const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [{ client_id: 'livedash', client_secret: 'a-secret-of-the-test', redirect_uris: [redirect], grant_types: ['authorization_code'], response_types: ['code'] }],
  claims: { openid: ['sub'], profile: ['preferred_username', 'groups'], email: ['email'] },
  cookies: { keys: ['a-key-of-the-test'] },
  pkce: { required: () => true },
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({ sub: `${id}`, preferred_username: id, email: `${id}@example.org`, groups: groups[id] ?? ['others'] }),
  }),
});
provider.listen(Number(port), '127.0.0.1', () => console.log('listening'));

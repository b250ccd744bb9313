import type { KnownMessage } from '../known-message.js';

/**
 * What the store of users and roles refuses.
 *
 * @internal
 */
export const authenticationMessages: readonly KnownMessage[] = [
  {
    id: 'root-user-missing',
    level: 'error',
    title: 'Authentication needs a user root',
    wordings: [{ text: 'root user does not have root role' }, { text: 'root user does not exist' }],
    cause: 'Authentication is switched on only where there is a user root with the role root.',
    cure: 'etcdctl user add root, etcdctl user grant-role root root, then etcdctl auth enable.',
    source: 'etcd server/auth/store.go AuthEnable; etcd issue 11971',
  },
  {
    id: 'user-not-found',
    level: 'error',
    title: 'There is no such user',
    wordings: [{ text: 'etcdserver: user name not found' }, { text: 'auth: user not found' }],
    cause:
      "Authentication is on, and the user of the request does not exist: the name in --user, or, with client-cert-auth, the common name of the client's certificate.",
    cure: 'etcdctl user list shows who there is. etcdctl user add <name> --no-password for the common name of the certificate, etcdctl user grant-role <name> <role>; or use a certificate whose common name is a user.',
    source: 'etcd server/auth/store.go; etcd issue 9816',
  },
  {
    id: 'token-invalid',
    level: 'error',
    title: 'The token of a client does not hold any more',
    wordings: [
      { text: 'etcdserver: invalid auth token' },
      { text: 'auth: invalid auth token' },
      { text: 'invalid auth token', also: 'etcd' },
      { text: 'failed to parse a JWT token' },
      { text: 'invalid token', also: 'auth' },
    ],
    cause:
      'A simple token is known to the member that gave it alone, lives five minutes without use, and is lost when the member restarts; a JWT has expired, or was signed with another key than this member has.',
    cure: 'Log in again: clients of clientv3 do so by themselves when they have user and password. With --auth-token=jwt give all members the same keys; with client certificates no token is needed.',
    source: 'etcd server/auth/simple_token.go, jwt.go',
  },
  {
    id: 'password-wrong',
    level: 'error',
    title: 'Name or password is wrong',
    wordings: [
      { text: 'authentication failed, invalid user ID or password' },
      { text: 'authentication failed, password was given for no password user' },
      { text: 'invalid user ID or password' },
    ],
    cause:
      'There is no user of that name with that password; a user without a password logs in by a certificate alone.',
    cure: 'etcdctl --user root user passwd <name> sets another one. With a certificate leave --user (ETCDCTL_USER) out.',
    source: 'etcd server/auth/store.go CheckPassword',
  },
  {
    id: 'auth-revision-old',
    level: 'warning',
    title: 'Users or roles changed while a request ran',
    wordings: [
      { text: 'etcdserver: revision of auth store is old' },
      { text: 'auth: revision in header is old' },
      { text: 'request auth revision is less than current node auth revision' },
    ],
    cause:
      'The token of the request is of before a change of users or roles. Where members say it all the time, their stores of users differ.',
    cure: 'Log in again and repeat the request. Where it stays on one member, compare etcdctl auth status of all members (auth revision), and take the one that differs out and in again with an empty data folder.',
    source: 'etcd server/auth/store.go; etcd issue 14571',
  },
  {
    id: 'role-or-permission-missing',
    level: 'error',
    title: 'There is no such role or right',
    wordings: [
      { text: 'etcdserver: role name not found' },
      { text: 'auth: role not found' },
      { text: 'etcdserver: role is not granted to the user' },
      { text: 'auth: role is not granted to the user' },
      { text: 'etcdserver: permission is not granted to the role' },
      { text: 'auth: permission is not granted to the role' },
      { text: 'etcdserver: permission not given' },
      { text: 'etcdserver: role name is empty' },
      { text: 'auth: role name is empty' },
    ],
    cause: 'The command names a role that does not exist, or takes away what was not given.',
    cure: 'etcdctl role list, role get <role> and user get <user> show what there is; etcdctl role add, role grant-permission <role> readwrite <key> --prefix make it.',
    source: 'etcd server/auth/store.go',
  },
  {
    id: 'user-or-role-exists',
    level: 'error',
    title: 'The user or role exists already',
    wordings: [
      { text: 'etcdserver: user name already exists' },
      { text: 'auth: user already exists' },
      { text: 'etcdserver: role name already exists' },
      { text: 'auth: role already exists' },
    ],
    cause: 'It was made before.',
    cure: 'Nothing, where it is as it should be: etcdctl user get, role get. user passwd and role grant-permission change it.',
    source: 'etcd server/auth/store.go',
  },
  {
    id: 'auth-not-enabled',
    level: 'error',
    title: 'Authentication is off',
    wordings: [
      { text: 'etcdserver: authentication is not enabled' },
      { text: 'auth: authentication is not enabled' },
      { text: 'etcdserver: invalid auth management' },
      { text: 'auth: invalid auth management' },
    ],
    cause:
      'A client logs in with user and password, or takes root away, and the cluster does not ask for users, or still needs root.',
    cure: 'Leave --user and ETCDCTL_USER out, or switch it on: etcdctl user add root, user grant-role root root, auth enable. Before root is deleted: auth disable.',
    source: 'etcd server/auth/store.go',
  },
  {
    id: 'permission-of-user',
    level: 'error',
    title: 'The user may not do that',
    wordings: [
      { text: 'etcdserver: permission denied' },
      { text: 'auth: permission denied' },
      { text: 'etcdserver: user name is empty' },
      { text: 'auth: user name is empty' },
    ],
    cause:
      'Authentication is on, and the client is no user with that right: with client-cert-auth the user is the common name of its certificate; "user name is empty" means that it gave neither that nor --user.',
    cure: 'Give the client a certificate whose common name is a user (or --user), and that user a role (etcdctl user add, role grant-permission, user grant-role); snapshots and member changes need root.',
    source: 'etcd server/auth/store.go; etcd issue 9816',
  },
  {
    id: 'auth-token-options',
    level: 'error',
    title: 'auth-token is not what etcd takes',
    wordings: [
      { text: 'unknown token type' },
      { text: 'unknown token {type}' },
      { text: 'invalid token option' },
      { text: 'invalid auth signature method' },
      { text: 'missing key data' },
      { text: 'invalid auth options' },
      { text: 'problem loading JWT options' },
      { text: "public and private keys don't match" },
      { text: 'token signing attempted with verify-only key' },
      { text: 'failed to create token provider' },
    ],
    cause:
      '--auth-token is neither simple nor jwt with a sign-method and the files of a key that goes with it.',
    cure: 'Write --auth-token=jwt,pub-key=<file>,priv-key=<file>,sign-method=RS256 (ES256 for a P-256 key), the same keys on all members; or leave it out.',
    source: 'etcd server/auth/options.go, store.go NewTokenProvider',
  },
];

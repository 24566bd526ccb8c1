using LiveDash.Core.Accounts;
using Microsoft.AspNetCore.Identity;

namespace LiveDash.Benchmarks.Proofs.Access;

/// <summary>Accounts, keys and a share link, put into a data directory before a server opens it.</summary>
internal sealed class AccessPeople
{
    private const string Password = "three blind mice run";
    private static readonly KeyScope[] s_scopes = [KeyScope.Ingest, KeyScope.Read, KeyScope.Rules, KeyScope.Jobs, KeyScope.Admin];
    private readonly Dictionary<string, string> _keys = [];
    private string _share = "";

    /// <summary>Makes one account of each role, one key of each scope, one share link of no dashboard.</summary>
    public static async Task<AccessPeople> MakeAsync(string directory)
    {
        await using var store = ProofStore.At(directory, sealPoints: 1 << 20);
        await store.Points.OpenAsync(default);
        using var accounts = new AccountBook(store.Documents);
        using var keys = new KeyBook(store.Documents, store.Catalog);
        var hasher = new PasswordHasher<AccountUser>();
        var people = new AccessPeople();
        foreach (var role in Enum.GetValues<AccountRole>())
        {
            var name = Word(role);
            var user = new AccountUser { Id = Guid.NewGuid().ToString("N"), Name = name, NormalizedName = name.ToUpperInvariant(), Role = role, SecurityStamp = Guid.NewGuid().ToString("N"), MadeAt = TimeProvider.System.GetUtcNow() };
            user.PasswordHash = hasher.HashPassword(user, Password);
            await accounts.AddAsync(user, default);
        }

        foreach (var scope in s_scopes) people._keys[scope.ToString().ToLowerInvariant()] = await keys.MakeAsync(new ApiKey { Id = "", Name = scope.ToString(), Hash = "", Scopes = scope }, default);
        people._share = await new ShareBook(store.Documents).MakeAsync(new ShareLink { Id = "", Dashboard = "none" }, default);
        return people;
    }

    /// <summary>All of them at a server's door, and somebody it does not know. The first is the stranger.</summary>
    public async Task<List<AccessVisitor>> ComeAsync(Uri server)
    {
        var visitors = new List<AccessVisitor> { AccessVisitor.Stranger(server) };
        foreach (var role in Enum.GetValues<AccountRole>().Select(Word)) visitors.Add(await AccessVisitor.SignedInAsync(server, role, Password, role));
        visitors.AddRange(_keys.Select(pair => AccessVisitor.WithKey(server, pair.Key, pair.Value)));
        visitors.Add(await AccessVisitor.SharedAsync(server, _share));
        return visitors;
    }

    /// <summary>The same where nobody is asked who they are: each of them comes with nothing.</summary>
    public List<AccessVisitor> ComeUnasked(Uri server) => [AccessVisitor.Stranger(server), .. _keys.Select(pair => AccessVisitor.WithKey(server, pair.Key, pair.Value))];

    private static string Word(AccountRole role) => role.ToString().ToLowerInvariant();
}

using System.Text.RegularExpressions;

namespace LiveDash.Benchmarks.Proofs.Access;

/// <summary>What docs/ACCESS.md promises: which roles and keys may ask for what. The published page is the measure, not the table in the code. Immutable.</summary>
internal sealed partial class AccessSheet
{
    private static readonly string[] s_roles = ["viewer", "operator", "editor", "administrator"];

    private AccessSheet(IReadOnlyList<AccessPromise> promises) => Promises = promises;

    /// <summary>Every route and page, a method each.</summary>
    public IReadOnlyList<AccessPromise> Promises { get; }

    /// <summary>Reads the page that was built with this program.</summary>
    public static AccessSheet Read()
    {
        var promises = new List<AccessPromise>();
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "ACCESS.md")))
        {
            if (Route().Match(line) is { Success: true } route)
            {
                foreach (var method in route.Groups["methods"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                {
                    // A method of its own for what takes all of them.
                    promises.Add(new(method == "*" ? "GET" : method, route.Groups["path"].Value, Role(route.Groups["people"].Value), route.Groups["keys"].Value.Split(" or "), IsShared: false));
                }
            }
            else if (Page().Match(line) is { Success: true } page)
            {
                var people = page.Groups["people"].Value;
                promises.Add(new("GET", page.Groups["path"].Value, Role(people.Split(',')[0]), [], people.Contains("share link", StringComparison.Ordinal)));
            }
        }

        return promises.Count > 100 ? new AccessSheet(promises) : throw new InvalidOperationException($"ACCESS.md names {promises.Count} routes, so it was not understood.");
    }

    /// <summary>Whether a role is enough.</summary>
    public static bool IsEnough(string? role, string? needed) => needed is null || (role is not null && Array.IndexOf(s_roles, role) >= Array.IndexOf(s_roles, needed));

    private static string? Role(string word) => word == "everybody" ? null : s_roles.Contains(word) ? word : throw new InvalidOperationException($"ACCESS.md names a role {word}, which is none.");

    [GeneratedRegex(@"^\| `(?<methods>[A-Z* ]+) (?<path>/[^`]*)` \| (?<people>\w+) \| (?<keys>[\w ]+) \|$")]
    private static partial Regex Route();

    [GeneratedRegex(@"^\| `(?<path>/[^`]*)` \| (?<people>[^|]+?) \|$")]
    private static partial Regex Page();
}

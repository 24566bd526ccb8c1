using System.Globalization;
using System.Text.RegularExpressions;

namespace LiveDash.Benchmarks.Load;

/// <summary>What the server says became of the points it was offered over HTTP, of its <c>/metrics</c>. Immutable.</summary>
internal sealed partial record ServerAccount(long Offered, long Accepted, long Waiting, IReadOnlyDictionary<string, long> Lost, long Stored)
{
    /// <summary>Reads it.</summary>
    public static Task<ServerAccount> ReadAsync(ServerUnderLoad server) => ReadAsync(server.Client);

    /// <summary>The same by a client.</summary>
    public static async Task<ServerAccount> ReadAsync(HttpClient client)
    {
        var text = await client.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        var lost = new SortedDictionary<string, long>(StringComparer.Ordinal);
        var (offered, accepted, waiting) = (0L, 0L, 0L);
        foreach (Match line in SourceLine().Matches(text))
        {
            var value = Value(line.Groups["value"].Value);
            switch (line.Groups["what"].Value)
            {
                case "offered_total":
                    offered += value;
                    break;
                case "accepted_total":
                    accepted += value;
                    break;
                case "waiting":
                    waiting += value;
                    break;
                default:
                    var reason = $"{line.Groups["what"].Value[..^6]} {line.Groups["reason"].Value}";
                    lost[reason] = lost.GetValueOrDefault(reason) + value;
                    break;
            }
        }

        return new(offered, accepted, waiting, lost, StoredLine().Matches(text).Sum(static line => Value(line.Groups[1].Value)));
    }

    /// <summary>What came to it since an earlier one.</summary>
    public ServerAccount Since(ServerAccount before) => new(
        Offered - before.Offered, Accepted - before.Accepted, Waiting, Lost.ToDictionary(one => one.Key, one => one.Value - before.Lost.GetValueOrDefault(one.Key)),
        Stored - before.Stored);

    /// <summary>True when every point offered is accounted for exactly once.</summary>
    public bool IsExact => Waiting == 0 && Offered == Accepted + Lost.Values.Sum() && Accepted == Stored;

    /// <inheritdoc/>
    public override string ToString() =>
        $"offered {Offered:N0} = accepted {Accepted:N0}{string.Concat(Lost.Where(static one => one.Value > 0).Select(static one => $" + {one.Key} {one.Value:N0}"))}; stored {Stored:N0}";

    private static long Value(string text) => (long)double.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex("""^livedash_source_(?<what>offered_total|accepted_total|waiting|rejected_total|dropped_total)\{kind="http"(,reason="(?<reason>[^"]*)")?[^}\n]*\} (?<value>\S+)$""", RegexOptions.Multiline)]
    private static partial Regex SourceLine();

    [GeneratedRegex(@"^livedash_store_appended_total\{\} (\S+)$", RegexOptions.Multiline)]
    private static partial Regex StoredLine();
}

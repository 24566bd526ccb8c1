using System.Collections.Concurrent;
using LiveDash.Core.Rules;
using LiveDash.Core.Rules.Files;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Core.Rules;

/// <summary>Each alert of well-known public collections: read, fired by data on which it must fire, left in peace by data on which it must not.</summary>
public sealed class PublicRuleTests
{
    [PublicRulesFact]
    public void Collections_Import_AsGoodAsWhole()
    {
        var (awesome, refused) = PublicRules.Read("apa");
        Assert.Equal(954, PublicRules.Alerts("apa"));
        Assert.True(awesome.Count(static rule => !rule.Config.IsRecording) >= 940, string.Join('\n', refused));
        var (kubernetes, others) = PublicRules.Read("kp");
        Assert.Equal(139, PublicRules.Alerts("kp"));
        Assert.True(kubernetes.Count(static rule => !rule.Config.IsRecording) >= 139, string.Join('\n', others));
        Assert.Equal(awesome.Count + kubernetes.Count, awesome.Concat(kubernetes).Select(static rule => rule.Id).Distinct().Count());
    }

    // What no data can leave in peace, by its text; the rest was found by nobody's hand but the search's.
    private static readonly string[] s_always = ["vector(1)"];

    // What no data fires, by name; docs/PROMQL.md says why. The last needs more series than a test should make.
    private static readonly HashSet<string> s_never = new(
        [
            "MimirDistributorInflightRequestsHigh", "MimirIngesterReachingSeriesLimitCritical", "MimirIngesterReachingSeriesLimitWarning", "MimirIngesterReachingTenantsLimitCritical", "MimirIngesterReachingTenantsLimitWarning",
            "MemcachedLowCacheHitRate(<80%)", "MongodbTooManyConnections(dcu)", "MongodbTooManyConnections(percona)", "MimirBadRuntimeConfig", "TempoBadOverrides", "TraefikBackendDown", "TraefikServiceDown",
            "NetdataHighMemoryUsage", "NetdataLowDiskSpace", "AlertmanagerClusterFailedToSendAlerts", "MimirAlertmanagerInstanceHasNoTenants", "MimirIngesterInstanceHasNoTenants", "MimirRulerInstanceHasNoRuleGroups",
            "PrometheusTimeseriesCardinality",
        ],
        StringComparer.Ordinal);

    [PublicRulesFact]
    public async Task Alerts_OnDataOfTheirOwn_FireAndDoNot()
    {
        var rules = PublicRules.Read("apa").Rules.Concat(PublicRules.Read("kp").Rules).Where(static rule => !rule.Config.IsRecording).ToList();
        var never = new ConcurrentBag<string>();
        var always = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(rules, async (rule, _) =>
        {
            if (await new RuleWorld(rule).FindAsync(true, IsNever(rule) ? 50 : 1_500) == IsNever(rule)) never.Add($"{rule.Config.File} {rule.Config.Name}: {rule.Config.Expr}");
            if (!s_always.Contains(rule.Config.Expr.Trim()) && !await new RuleWorld(rule).FindAsync(false, 60)) always.Add($"{rule.Config.File} {rule.Config.Name}: {rule.Config.Expr}");
        });
        Assert.True(always.IsEmpty, string.Join('\n', always));
        Assert.True(never.IsEmpty, $"{never.Count} of {rules.Count}:\n" + string.Join('\n', never.Order()));
    }

    // Of two alerts of one name, one has a matcher that lets nothing through.
    private static bool IsNever(RuleModel rule) =>
        s_never.Contains(rule.Config.Name) && (rule.Config.Name != "AlertmanagerClusterFailedToSendAlerts" || rule.Config.Expr.Contains("!~`.*`", StringComparison.Ordinal));

    [PublicRulesFact("promtool")]
    public async Task Alerts_Sampled_PromtoolAgrees()
    {
        var rules = PublicRules.Read("apa").Rules.Where(static rule => !rule.Config.IsRecording && rule.Query is not null).Where(static (_, i) => i % 24 == 0).ToList();
        using var directory = new TempDirectory();
        var tests = new List<string>();
        foreach (var (rule, i) in rules.Select(static (rule, i) => (rule, i)))
        {
            var file = Path.Combine(directory.Path, $"{i}.yml");
            await File.WriteAllTextAsync(file, PrometheusRuleWriter.ToYaml([rule.Config]));
            foreach (var fires in (bool[])[true, false])
            {
                var world = new RuleWorld(rule);
                if (!await world.FindAsync(fires, 500)) continue;
                tests.Add(Path.Combine(directory.Path, $"{i}-{fires}.yml"));
                await File.WriteAllTextAsync(tests[^1], world.Test(file));
            }
        }

        Assert.True(tests.Count > rules.Count, $"{tests.Count} tests of {rules.Count} rules");
        Assert.DoesNotContain("FAILED", await Tool.RunAsync("promtool", ["test", "rules", .. tests]), StringComparison.Ordinal);
    }
}

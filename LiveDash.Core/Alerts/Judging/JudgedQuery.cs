using LiveDash.Core.Query.Live;
using LiveDash.Core.Rules;

namespace LiveDash.Core.Alerts.Judging;

/// <summary>A rule in PromQL while it is in force: its judge, and the live expression that it follows. Used by one loop alone.</summary>
/// <param name="model">The rule.</param>
/// <param name="judge">Its judge; null for one that keeps a series.</param>
internal sealed class JudgedQuery(RuleModel model, QueryRuleJudge? judge)
{
    private LiveQuery? _live;
    private long _read;

    /// <summary>The rule; a change that keeps its meaning is taken over.</summary>
    public RuleModel Model { get; set; } = model;

    /// <summary>Its judge; null for one that keeps a series.</summary>
    public QueryRuleJudge? Judge => judge;

    /// <summary>When it was evaluated last, in UTC ticks.</summary>
    public long At { get; set; }

    /// <summary>Before when it is not evaluated again from the store.</summary>
    public long NotBefore { get; set; }

    /// <summary>True while what it yields comes from the live expression: once that has read its past.</summary>
    public bool IsLive => _live?.Latest is not null;

    /// <summary>How many points the live expression holds; 0 without one.</summary>
    public long Held => _live?.Held ?? 0;

    /// <summary>Follows a live expression, which is its own from now on.</summary>
    public void Follow(LiveQuery live) => (_live, _read) = (live, 0);

    /// <summary>The newest answer where it was not read yet.</summary>
    public bool TryRead(out LiveUpdate update)
    {
        update = _live?.Latest!;
        if (update is null || update.Number == _read) return false;
        _read = update.Number;
        return true;
    }

    /// <summary>Goes back to the store.</summary>
    public void Leave()
    {
        _live?.Dispose();
        _live = null;
    }
}

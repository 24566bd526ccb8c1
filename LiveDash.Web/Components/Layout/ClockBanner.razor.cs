using LiveDash.Core.Accounts;
using LiveDash.Core.Ingestion.Clock;
using LiveDash.Web.Security.Access;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Layout;

/// <summary>Says on every page when the server's clock has jumped, until somebody has seen it. Asks <see cref="ClockWatch.Version"/> every two seconds, which is cheap.</summary>
public sealed partial class ClockBanner : LookingComponentBase
{
    /// <summary>How many jumps are shown at once, the newest.</summary>
    private const int MaxShown = 3;

    private IReadOnlyList<ClockJump> _shown = [];

    [Inject]
    private Visitor Visitor { get; set; } = default!;

    [Inject]
    private IServiceProvider Services { get; set; } = default!;

    // Where no points are taken in nothing is stamped.
    private ClockWatch? Watch => Services.GetService<ClockWatch>();

    /// <inheritdoc/>
    protected override TimeSpan Period => TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    protected override void OnInitialized() => Look();

    private void Dismiss(string id)
    {
        if (Visitor.Refuses(AccountRole.Operator)) return;
        Watch?.Dismiss(id);
        Look();
    }

    /// <inheritdoc/>
    protected override bool Look()
    {
        var now = Watch?.Jumps.Where(static jump => !jump.IsDismissed).TakeLast(MaxShown).Reverse().ToList() ?? [];
        if (now.Count == _shown.Count && now.Zip(_shown).All(static pair => (pair.First.Id, pair.First.To, pair.First.IsSettled, pair.First.Points) == (pair.Second.Id, pair.Second.To, pair.Second.IsSettled, pair.Second.Points))) return false;
        _shown = now;
        return true;
    }
}

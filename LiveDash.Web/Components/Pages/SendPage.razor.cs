using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Ingestion.Listeners;
using LiveDash.Core.Model;
using LiveDash.Web.Components.Sending;
using LiveDash.Web.Security.Access;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Pages;

/// <summary>What to tell a sender so that its points reach this server, and whether the first one did.</summary>
public sealed partial class SendPage : LookingComponentBase
{
    private static readonly FieldConfig s_fields = FieldConfig.Default with { Legend = LegendKind.None };
    private IReadOnlyList<SenderGuide> _guides = [];
    private SenderGuide _chosen = default!;
    private ArrivalWatch _watching = default!;
    private Arrival? _arrival;
    // The series that came first: where many are sent the newest changes too often to be drawn.
    private string[]? _charted;
    private IReadOnlyList<ArrivalFault> _faults = [];

    /// <summary>The chosen sender's id, in the address.</summary>
    [Parameter]
    public string? Sender { get; set; }

    [Inject]
    private Visitor Visitor { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private ListenerBoard Board { get; set; } = default!;

    [Inject]
    private SourceRegistry Registry { get; set; } = default!;

    [Inject]
    private SeriesCatalog Catalog { get; set; } = default!;

    /// <inheritdoc/>
    protected override TimeSpan Period => TimeSpan.FromMilliseconds(250);

    private string Senders => Registry.Snapshot(Clock.GetUtcNow().UtcTicks).Count switch { 0 => "No sender yet", 1 => "One sender so far", var count => $"{count:N0} senders so far" };

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        var address = Navigation.BaseUri.TrimEnd('/');
        _guides = SenderGuides.For(address, name => Board.All.First(status => status.Spec.Name == name).Snapshot().Bound);
        if (Visitor.AsksWho) _guides = KeyedGuides.Of(_guides);
        _chosen = _guides.FirstOrDefault(guide => guide.Id == Sender) ?? _guides[0];
        _watching = new ArrivalWatch(Registry, Catalog, _chosen.Kinds, Clock.GetUtcNow().UtcTicks);
        (_arrival, _charted, _faults) = (null, null, []);
    }

    /// <inheritdoc/>
    protected override bool Look()
    {
        if (!_watching.Look(Clock.GetUtcNow().UtcTicks)) return false;
        (_arrival, _faults) = (_watching.Arrival, _watching.Faults);
        if (_arrival is { State: null } arrival) _charted ??= [arrival.Series];
        return true;
    }
}

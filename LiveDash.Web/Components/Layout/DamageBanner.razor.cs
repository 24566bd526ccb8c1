using LiveDash.Core.Accounts;
using LiveDash.Core.Storage;
using LiveDash.Web.Security.Access;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Layout;

/// <summary>
/// Says on every page what was found damaged on disk and what it cost, until somebody acknowledges it. It asks <see cref="IStoreDamages"/> every
/// <see cref="Period"/>, which is cheap, and renders only when the answer changed.
/// </summary>
public sealed partial class DamageBanner : LookingComponentBase
{
    private List<StoreDamage> _open = [];
    private string? _fault;
    private bool _busy;

    [Inject]
    private Visitor Visitor { get; set; } = default!;

    [Inject]
    private IServiceProvider Services { get; set; } = default!;

    [Inject]
    private ViewZone Zone { get; set; } = default!;

    private string Where => _open[0] switch
    {
        { From: { } from, To: { } to } => $"Lost: {Zone.Text(from.UtcTicks)} to {Zone.Text(to.UtcTicks)}{Pages}.",
        { Pages.Count: > 0 } => $"Found on{Pages[1..]}.",
        _ => "",
    };

    private string Pages => _open[0].Pages is { Count: > 0 } pages ? $", {NumberRanges.Of("page", pages)} of the database" : "";

    /// <inheritdoc/>
    protected override TimeSpan Period => TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    protected override void OnInitialized() => Look();

    private async Task AcknowledgeAsync()
    {
        if (Visitor.Refuses(AccountRole.Operator)) return;
        _busy = true;
        try
        {
            foreach (var damage in _open) await Services.GetRequiredService<IStoreDamages>().AcknowledgeAsync(damage.Id, Closed);
            _fault = null;
        }
        catch (Exception exception) when (exception is StoreFullException or StoreUnavailableException)
        {
            _fault = exception.Message;
        }
        finally
        {
            _busy = false;
        }

        Look();
    }

    /// <inheritdoc/>
    protected override bool Look()
    {
        // Where no store is registered nothing can be damaged.
        if (Services.GetService<IStoreDamages>() is not { } store) return false;
        var open = store.Damages.Where(static damage => !damage.IsAcknowledged).ToList();
        if (open.SequenceEqual(_open)) return false;
        _open = open;
        return true;
    }
}

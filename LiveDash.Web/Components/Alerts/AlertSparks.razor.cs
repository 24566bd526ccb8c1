using LiveDash.Core.Live;
using LiveDash.Web.LiveView;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Alerts;

/// <summary>Sends the small lines of the alerts that are listed on its page (<c>js/rows.js</c> draws them where the lines stand); at most <see cref="MaxSeries"/>.</summary>
public sealed partial class AlertSparks : LiveComponentBase
{
    /// <summary>How many series are sent; those listed further down have no line.</summary>
    public const int MaxSeries = 60;

    private const int Columns = 60;
    private IReadOnlyList<int> _sent = [];
    private LivePanel? _told;

    /// <summary>The series that are listed, the first first.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<int> Series { get; set; }

    /// <inheritdoc/>
    protected override string Kind => "rows";

    /// <inheritdoc/>
    protected override object Shown => AlertSpark.Span;

    /// <inheritdoc/>
    protected override object ScriptOptions => new { span = AlertSpark.Span.TotalMilliseconds, within = ".page" };

    /// <inheritdoc/>
    protected override LivePanel CreatePanel(int columns) => new RowsFeed(Scope.Engine, AlertSpark.Span, Columns, static (_, _) => "");

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        await base.OnAfterRenderAsync(firstRender);
        if (Panel is not RowsFeed rows) return;
        List<int> wanted = [.. Series.Distinct().Take(MaxSeries)];
        if (rows != _told || !wanted.SequenceEqual(_sent))
        {
            (_told, _sent) = (rows, wanted);
            Scope.Show(rows, wanted);
        }

        // Lines that came into the list are drawn from what is there already.
        await TellAsync("drawAll");
    }
}

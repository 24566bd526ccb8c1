using LiveDash.Core.Accounts;
using LiveDash.Core.Accounts.Audit;
using LiveDash.Web.Security.Access;
using LiveDash.Web.Security.Auditing;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LiveDash.Web.Components.Pages;

/// <summary>The audit, for administrators: filtered, and exported as it is filtered.</summary>
public sealed partial class AuditPage : ComponentBase, IDisposable
{
    private const int Page = 200;

    private IReadOnlyList<AuditEntry> _entries = [];
    private long? _broken;
    private int _most = Page;

    /// <summary>Whose entries.</summary>
    [SupplyParameterFromQuery(Name = "who")]
    public string? Who { get; set; }

    /// <summary>Part of what was done.</summary>
    [SupplyParameterFromQuery(Name = "action")]
    public string? Done { get; set; }

    /// <summary>Words anywhere in it.</summary>
    [SupplyParameterFromQuery(Name = "q")]
    public string? Text { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private Visitor Visitor { get; set; } = default!;

    [Inject]
    private IServiceProvider Services { get; set; } = default!;

    [Inject]
    private ViewZone Zone { get; set; } = default!;

    [Inject]
    private IJSRuntime Script { get; set; } = default!;

    [Inject]
    private AccountBook Accounts { get; set; } = default!;

    private AuditLog? Log => Services.GetService<AuditLog>();

    private AuditFilter Filter => new(Who ?? "", Done ?? "", Text ?? "");

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Log is { } log) log.Changed -= OnChanged;
        Zone.Changed -= OnChanged;
    }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        if (Log is { } log) log.Changed += OnChanged;
        Zone.Changed += OnChanged;
        if (Visitor.May(AccountRole.Administrator)) _broken = Log?.Broken();
    }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        _most = Page;
        Look();
    }

    private void More()
    {
        _most += Page;
        Look();
    }

    private void Look()
    {
        if (Log is not { } log || !Visitor.May(AccountRole.Administrator)) return;
        _entries = log.Find(Filter, _most);
    }

    private void OnChanged() => _ = InvokeAsync(() =>
    {
        Look();
        StateHasChanged();
    });

    private async Task ExportAsync()
    {
        if (Log is not { } log || Visitor.Refuses(AccountRole.Administrator)) return;
        await Script.InvokeVoidAsync("liveDash.download", "audit.csv", "text/csv", AuditEndpoints.Csv(log.Find(Filter, AuditLog.MaxEntries)));
    }
}

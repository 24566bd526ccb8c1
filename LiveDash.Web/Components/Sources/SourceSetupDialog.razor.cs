using LiveDash.Core.Accounts;
using LiveDash.Core.Ingestion.Sources.Setups;
using LiveDash.Core.Storage;
using LiveDash.Web.Security.Access;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Sources;

/// <summary>The settings of one source: tried without keeping anything, or saved.</summary>
public sealed partial class SourceSetupDialog : ComponentBase
{
    private const string NameKey = "name";
    private IReadOnlyList<SettingOf> _faults = [];
    private (bool Works, string Text)? _test;
    private string? _error;
    private bool _busy;
    private SourceSetupDraft? _shown;

    /// <summary>What is edited; null while the dialog is closed.</summary>
    [Parameter]
    [EditorRequired]
    public SourceSetupDraft? Draft { get; set; }

    /// <summary>Called with the name once it is kept.</summary>
    [Parameter]
    public EventCallback<string> OnSaved { get; set; }

    /// <summary>Called when it is given up.</summary>
    [Parameter]
    public EventCallback OnClose { get; set; }

    [Inject]
    private Visitor Visitor { get; set; } = default!;

    [Inject]
    private SourceBook Book { get; set; } = default!;

    [Inject]
    private SourceRunner Runner { get; set; } = default!;

    private string Title => Draft is null ? "" : Draft.IsNew ? "Add: " + Draft.Kind.Title : Draft.Name;

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (Draft == _shown) return;
        _shown = Draft;
        (_faults, _test, _error) = ([], null, null);
    }

    // What was wrong with a field is not known any more once it is another text.
    private void Set(string key, string text)
    {
        if (key == NameKey) Draft!.Name = text;
        else Draft!.Values[key] = text;
        _faults = [.. _faults.Where(fault => fault.Key != key)];
    }

    private string? Fault(string key) => FaultLines.Of(_faults.Where(fault => fault.Key == key).Select(static fault => fault.Text));

    // What is wrong with no field of the form.
    private IReadOnlyList<string> OtherFaults =>
        [.. _faults.Where(fault => fault.Key != NameKey && Draft!.Kind.Fields.All(known => known.Key != fault.Key || known.Type == SourceFieldType.Flag)).Select(static fault => fault.Text)];

    private string Help(SourceField field) => field.Type == SourceFieldType.Secret && Draft is { IsNew: false } ? field.Help + " Left empty, what is kept stays." : field.Help;

    private async Task TestAsync()
    {
        if (Visitor.Refuses(AccountRole.Editor)) return;
        _busy = true;
        (_test, _error) = (null, null);
        try
        {
            _test = await Runner.TestAsync(Draft!.ToSetup(), CancellationToken.None);
        }
        finally
        {
            _busy = false;
        }
    }

    private async Task SaveAsync()
    {
        if (Visitor.Refuses(AccountRole.Editor)) return;
        _busy = true;
        (_test, _error) = (null, null);
        try
        {
            _faults = await Book.SaveAsync(Draft!.ToSetup(), CancellationToken.None);
            if (_faults.Count == 0) await OnSaved.InvokeAsync(Draft.Name.Trim());
        }
        catch (Exception e) when (e is StoreFullException or StoreUnavailableException)
        {
            _error = e.Message;
        }
        finally
        {
            _busy = false;
        }
    }
}

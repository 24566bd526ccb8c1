using LiveDash.Core.Accounts;
using LiveDash.Core.Collections;
using LiveDash.Core.Configuration;
using LiveDash.Core.Storage;
using LiveDash.Web.Security.Access;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Collections;

/// <summary>Connections to MongoDB and the collections that are mapped to points: shown, suggested from a sample, kept, removed.</summary>
public sealed partial class CollectionsPanel : ComponentBase, IDisposable
{
    private const string AddressForm = "mongodb://[user:password@]host[:port]/database; the password is kept and not shown";

    private static readonly IReadOnlyList<(string, string)> s_units = [("s", "s"), ("ms", "ms"), ("us", "us"), ("ns", "ns")];

    private static readonly IReadOnlyList<(CollectionMode, string)> s_modes =
        [(CollectionMode.Through, "through: read when asked"), (CollectionMode.Import, "import: taken over once"), (CollectionMode.Follow, "follow: taken over, then live")];

    // The fields that are shown, by the last part of their names in settings: what is wrong with them stands under them.
    private static readonly string[] s_ofConnection = ["name", "address"];
    private static readonly string[] s_ofMap = ["connection", "database", "collection", "name", "filter"];
    private static readonly string[] s_ofPoints = ["series", "time", "unit", "values", "point", "tags", "key"];

    private IReadOnlyList<SettingFault> _faults = [];
    private string? _said;
    private ConnectionForm? _connection;
    private CollectionForm? _form;
    private MapSuggestion? _suggestion;

    // The name under which the mapping stood that is edited.
    private string? _editing;

    [Inject]
    private Visitor Visitor { get; set; } = default!;

    [Inject]
    private CollectionBook Book { get; set; } = default!;

    [Inject]
    private CollectionClients Clients { get; set; } = default!;

    [Inject]
    private MapSuggester Suggester { get; set; } = default!;

    /// <inheritdoc/>
    public void Dispose() => Book.Changed -= OnChanged;

    /// <inheritdoc/>
    protected override void OnInitialized() => Book.Changed += OnChanged;

    private void OnChanged() => _ = InvokeAsync(StateHasChanged);

    private bool IsSaved(CollectionConnection connection) => Book.Settings.Connections.Contains(connection);

    private static string Where(CollectionConnection connection) =>
        CollectionSecrets.Hide(new CollectionSettings { Connections = [connection] }).Connections[0].Address.Split('?')[0];

    private IEnumerable<string> Fields => _connection is not null ? s_ofConnection : _form is null ? [] : _suggestion is null ? s_ofMap : [.. s_ofMap, .. s_ofPoints];

    private IReadOnlyList<string> OtherFaults => [.. _faults.Where(fault => !Fields.Any(name => IsOf(fault, name))).Select(static fault => fault.Detail).Distinct()];

    private static bool IsOf(SettingFault fault, string field) => fault.Field.EndsWith("." + field, StringComparison.Ordinal);

    private string? Fault(string field) => FaultLines.Of(_faults.Where(fault => IsOf(fault, field)).Select(static fault => fault.Detail));

    private void AddConnection()
    {
        Close();
        _connection = new ConnectionForm();
    }

    private void AddMap()
    {
        Close();
        _form = new CollectionForm { Connection = Book.Connections[0].Name };
    }

    private void Edit(CollectionMap map)
    {
        Close();
        (_form, _editing) = (CollectionForm.Of(map), map.Name);
        _suggestion = new MapSuggestion(map, 0, []);
    }

    private void Close()
    {
        (_connection, _form, _suggestion, _editing, _said) = (null, null, null, null, null);
        _faults = [];
    }

    private Task SaveConnectionAsync()
    {
        var added = new CollectionConnection(_connection!.Name.Trim(), _connection.Address.Trim());
        return ChangeAsync(settings => settings with { Connections = [.. settings.Connections.Where(one => one.Name != added.Name), added] }, $"The connection {added.Name} is kept.");
    }

    private Task SaveMapAsync()
    {
        if (!TagsAreRight()) return Task.CompletedTask;
        var (map, before) = (_form!.ToMap(), _editing);
        return ChangeAsync(
            settings => settings with { Collections = [.. settings.Collections.Where(one => one.Name != before && (before is not null || one.Name != map.Name)), map] },
            $"The mapping {map.Name} is kept.");
    }

    private Task RemoveAsync(CollectionConnection connection) =>
        ChangeAsync(settings => settings with { Connections = [.. settings.Connections.Where(one => one.Name != connection.Name)] }, $"The connection {connection.Name} is removed.");

    private Task RemoveAsync(CollectionMap map) =>
        ChangeAsync(settings => settings with { Collections = [.. settings.Collections.Where(one => one.Name != map.Name)] }, $"The mapping {map.Name} is removed; what was taken over stays.");

    private async Task ChangeAsync(Func<CollectionSettings, CollectionSettings> change, string said)
    {
        if (Visitor.Refuses(AccountRole.Editor)) return;
        try
        {
            _faults = await Book.ChangeAsync(change, CancellationToken.None);
            if (_faults.Count > 0) return;
            Close();
            _said = said;
        }
        catch (Exception e) when (e is StoreFullException or StoreUnavailableException)
        {
            _faults = [new SettingFault("", e.Message)];
        }
    }

    private async Task SuggestAsync()
    {
        var form = _form!;
        if (form.Name.Length == 0) form.Name = form.Collection;
        var begun = new CollectionMap { Name = form.Name, Connection = form.Connection, Database = form.ToMap().Database, Collection = form.Collection, Filter = form.ToMap().Filter, Series = form.Collection };
        await SampleAsync(begun, async () =>
        {
            _suggestion = await Suggester.SuggestAsync(begun, CancellationToken.None);
            var mode = form.Mode;
            _form = CollectionForm.Of(_suggestion.Map);
            _form.Mode = mode;
        });
    }

    // A tag that names no path would be lost without a word; what else is wrong is said beside it.
    private bool TagsAreRight()
    {
        SettingFault[] tags = [.. _form!.TagFaults().Select(static fault => new SettingFault("form.tags", fault))];
        if (tags.Length > 0) _faults = [.. tags, .. Book.Check(_form.ToMap())];
        return tags.Length == 0;
    }

    private Task ShowAsync()
    {
        if (!TagsAreRight()) return Task.CompletedTask;
        var map = _form!.ToMap();
        return SampleAsync(map, async () => _suggestion = await Suggester.ShowAsync(map, CancellationToken.None));
    }

    private async Task SampleAsync(CollectionMap map, Func<Task> ask)
    {
        if (Visitor.Refuses(AccountRole.Editor)) return;
        _faults = Book.Check(map);
        if (_faults.Count > 0) return;
        try
        {
            await ask();
        }
        catch (Exception e) when (e is StoreUnavailableException or InvalidOperationException or InvalidDataException)
        {
            _faults = [new SettingFault("", e.Message)];
        }
    }

    private sealed class ConnectionForm
    {
        public string Name { get; set; } = "";

        public string Address { get; set; } = "";
    }
}

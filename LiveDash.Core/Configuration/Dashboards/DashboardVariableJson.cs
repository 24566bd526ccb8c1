using System.Text.Json;

namespace LiveDash.Core.Configuration.Dashboards;

/// <summary>Variables as a dashboard's JSON has them: <c>{"name":"host","tag":"host","series":"cpu.*","all":false,"default":"web1"}</c>.</summary>
internal static class DashboardVariableJson
{
    public static void Write(Utf8JsonWriter json, DashboardVariable variable)
    {
        json.WriteStartObject();
        json.WriteString("name", variable.Name);
        json.WriteString("tag", variable.Tag);
        if (variable.Series.Length > 0) json.WriteString("series", variable.Series);
        if (!variable.HasAll) json.WriteBoolean("all", false);
        if (variable.Default is not null) json.WriteString("default", variable.Default);
        json.WriteEndObject();
    }

    public static List<DashboardVariable> Read(JsonFields dashboard, List<DashboardError> errors)
    {
        var variables = new List<DashboardVariable>();
        foreach (var (element, path) in dashboard.Items("variables", DashboardVariable.MaxVariables))
        {
            var fields = new JsonFields(element, path, errors);
            if (!fields.IsObject) continue;
            fields.AllowOnly("name", "tag", "series", "all", "default");
            var before = errors.Count;
            var variable = new DashboardVariable
            {
                Name = fields.Text("name", null, DashboardVariable.MaxName).Trim(),
                Tag = fields.Text("tag", null, DashboardVariable.MaxText).Trim(),
                Series = fields.Text("series", "", DashboardVariable.MaxText).Trim(),
                HasAll = fields.Boolean("all", true),
                Default = fields.Text("default", "", DashboardVariable.MaxText) is { Length: > 0 } value ? value : null,
            };
            if (errors.Count == before)
            {
                Check("name", DashboardVariable.CheckName(variable.Name));
                Check("tag", DashboardVariable.CheckTag(variable.Tag));
                Check("series", DashboardVariable.CheckSeries(variable.Series));
                if (variables.Exists(other => other.Name == variable.Name)) fields.Wrong("name", $"'{variable.Name}' stands twice.");
            }

            variables.Add(variable);

            void Check(string name, string? error)
            {
                if (error is not null) fields.Wrong(name, error);
            }
        }

        return variables;
    }
}

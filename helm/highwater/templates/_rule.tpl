{{/* One alert at the level, with what the values change of it. In: root, alert, own. */}}
{{- define "highwater.rule" -}}
{{- $level := .root.Values.level }}
{{- $more := .root.Values.prometheusRule }}
{{- $threshold := "" }}
{{- if hasKey .alert "threshold" }}
  {{- $threshold = include "highwater.number" (hasKey .own "threshold" | ternary .own.threshold (index .alert.threshold $level)) }}
{{- end }}
{{- $given := dict }}
{{- range $key, $text := omit .alert.annotations "runbook" "dashboard" }}
  {{- $given = set $given $key (replace "$threshold" $threshold $text) }}
{{- end }}
{{- with .alert.annotations.runbook }}
  {{- $base := default (printf "http://%s.%s.svc:%v/runbooks" (include "highwater.fullname" $.root) $.root.Release.Namespace $.root.Values.service.port) $more.runbookBaseUrl }}
  {{- $given = set $given "runbook_url" (printf "%s/%s" (trimSuffix "/" $base) .) }}
{{- end }}
{{- if and $more.grafanaBaseUrl .alert.annotations.dashboard }}
  {{- $given = set $given "dashboard_url" (printf "%s/d/%s?var-cluster={{ $labels.cluster }}" (trimSuffix "/" $more.grafanaBaseUrl) .alert.annotations.dashboard) }}
{{- end }}
{{- $severity := dict }}
{{- with .own.severity }}
  {{- $severity = dict "severity" . }}
{{- end }}
alert: {{ .alert.name }}
expr: {{ replace "$threshold" $threshold .alert.expr | toJson }}
for: {{ default (index .alert.for $level) .own.for | quote }}
{{- $keep := .alert.keepFiringFor }}
{{- if kindIs "map" $keep }}
  {{- $keep = index $keep $level }}
{{- end }}
{{- $keep = default $keep .own.keepFiringFor }}
{{- if not (has $keep (list nil "" "0" "0s")) }}
keep_firing_for: {{ $keep | quote }}
{{- end }}
labels:
  {{- toYaml (mergeOverwrite (deepCopy .alert.labels) $more.additionalRuleLabels $severity (get .own "labels" | default dict)) | nindent 2 }}
annotations:
  {{- toYaml (mergeOverwrite $given $more.additionalRuleAnnotations (get .own "annotations" | default dict)) | nindent 2 }}
{{- end }}

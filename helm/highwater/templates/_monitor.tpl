{{/* What ServiceMonitor and PodMonitor have in common. In: root, monitor. */}}
{{- define "highwater.monitorMetadata" -}}
name: {{ include "highwater.fullname" .root }}
namespace: {{ default .root.Release.Namespace .monitor.namespace }}
labels:
  {{- include "highwater.labels" .root | nindent 2 }}
  {{- with .monitor.additionalLabels }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- with .monitor.annotations }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{- define "highwater.monitorSpec" -}}
{{- with .monitor.jobLabel }}
jobLabel: {{ . }}
{{- end }}
selector:
  matchLabels:
    {{- include "highwater.selectorLabels" .root | nindent 4 }}
namespaceSelector: { matchNames: [{{ .root.Release.Namespace }}] }
{{- with .monitor.sampleLimit }}
sampleLimit: {{ . }}
{{- end }}
{{- with .monitor.targetLabels }}
targetLabels: {{ toJson . }}
{{- end }}
{{- with .monitor.podTargetLabels }}
podTargetLabels: {{ toJson . }}
{{- end }}
{{- end }}

{{- define "highwater.monitorEndpoint" -}}
port: http
path: /metrics
interval: {{ default (include "highwater.interval" .root) .monitor.interval }}
{{- with .monitor.scrapeTimeout }}
scrapeTimeout: {{ . }}
{{- end }}
honorLabels: {{ .monitor.honorLabels }}
{{- with .monitor.scheme }}
scheme: {{ . }}
{{- end }}
{{- range $key := list "tlsConfig" "basicAuth" "authorization" "relabelings" "metricRelabelings" }}
{{- with index $.monitor $key }}
{{ $key }}:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}
{{- end }}

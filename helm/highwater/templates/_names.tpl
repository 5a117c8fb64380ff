{{- define "highwater.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- define "highwater.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 50 | trimSuffix "-" }}
{{- else }}
{{- $name := include "highwater.name" . }}
{{- ternary .Release.Name (printf "%s-%s" .Release.Name $name) (contains $name .Release.Name) | trunc 50 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{- define "highwater.selectorLabels" -}}
app.kubernetes.io/name: {{ include "highwater.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "highwater.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{ include "highwater.selectorLabels" . }}
app.kubernetes.io/component: agent
app.kubernetes.io/part-of: highwater
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "highwater.serviceAccountName" -}}
{{- if .Values.serviceAccount.create }}
{{- default (include "highwater.fullname" .) .Values.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.serviceAccount.name }}
{{- end }}
{{- end }}

{{- define "highwater.image" -}}
{{- with .Values.image }}
{{- with .registry }}{{ . }}/{{ end }}{{ .repository }}
{{- if .digest }}@{{ .digest }}{{ else }}:{{ default $.Chart.AppVersion .tag }}{{ end }}
{{- end }}
{{- end }}

{{- define "highwater.configMapName" -}}
{{- default (include "highwater.fullname" .) .Values.existingConfigMap.name }}
{{- end }}

{{- define "highwater.configMapKey" -}}
{{- ternary .Values.existingConfigMap.key "highwater.yaml" (not (empty .Values.existingConfigMap.name)) }}
{{- end }}

{{/* Whether the agent talks to the API server. */}}
{{- define "highwater.kubernetesApi" -}}
{{- if or .Values.kubernetesApi.enabled .Values.metricsApi.enabled }}true{{ end }}
{{- end }}

{{- define "highwater.metricsApiSecret" -}}
{{- if eq .Values.metricsApi.certificate.source "secret" }}
{{- required "metricsApi.certificate.secret.name: the secret with tls.crt and tls.key; or another metricsApi.certificate.source" .Values.metricsApi.certificate.secret.name }}
{{- else }}
{{- include "highwater.fullname" . }}-metrics-api
{{- end }}
{{- end }}

{{- define "highwater.kedaSecret" -}}
{{- if eq .Values.keda.tls.source "secret" }}
{{- required "keda.tls.secret.name: the secret with tls.crt, tls.key and ca.crt, who signed KEDA's certificate" .Values.keda.tls.secret.name }}
{{- else }}
{{- include "highwater.fullname" . }}-keda
{{- end }}
{{- end }}

{{/* How often Prometheus scrapes and evaluates at this level. */}}
{{- define "highwater.interval" -}}
{{- index (.Files.Get "files/alerts.yaml" | fromYaml).intervals .Values.level }}
{{- end }}

{{/* A number as people write it: 1000000, not 1e+06. */}}
{{- define "highwater.number" -}}
{{- if eq (float64 .) (floor .) }}{{ int64 . }}{{ else }}{{ . }}{{ end }}
{{- end }}
